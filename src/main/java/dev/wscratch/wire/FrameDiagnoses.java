package dev.wscratch.wire;

/** The words for each rule of frames. */
final class FrameDiagnoses {
    private FrameDiagnoses() {}

    static Diagnosis of(FrameRule rule) {
        return switch (rule) {
            case RESERVED_BIT_SET ->
                sender(
                        "A frame came with a reserved bit set.",
                        "It was compressed although no compression was agreed, or the bytes are out of step and this is not"
                                + " the first byte of a frame.",
                        "Agree on permessage-deflate in the handshake or send without it; if it happens now and then, check the"
                                + " length of the frame before.");
            case RSV1_MISPLACED ->
                sender(
                        "A frame that cannot begin a compressed message says that it is compressed.",
                        "The sender sets RSV1 on every fragment, or on a ping, pong or close.",
                        "Set RSV1 on the first frame of a compressed message only.");
            case RESERVED_OPCODE ->
                sender(
                        "A frame came whose kind nobody has defined.",
                        "The bytes are out of step (a wrong length before this frame), or the other program is not"
                                + " speaking WebSocket any more.",
                        "Look at the frame before this one: its header and payload should end exactly here.");
            case CONTROL_FRAME_FRAGMENTED ->
                sender(
                        "A ping, pong or close came without FIN.",
                        "The sender splits control frames like data.",
                        "Send every control frame whole, with FIN 1; it is 125 bytes at most.");
            case CONTROL_FRAME_TOO_LONG ->
                sender(
                        "A ping, pong or close came with more than 125 bytes.",
                        "Data was put into a ping, or the reason of a close is too long.",
                        "Keep a reason within 123 bytes of UTF-8, and send data as a message.");
            case CONTINUATION_WITHOUT_MESSAGE ->
                sender(
                        "A fragment came that goes on with no message.",
                        "The message's first frame had FIN 1 already, or the sender uses opcode 0 for whole messages.",
                        "Begin a message with opcode 1 or 2 and set FIN on its last frame only.");
            case MESSAGE_INTERRUPTED ->
                sender(
                        "A new message began before the last one had ended.",
                        "Two threads send on one connection, or the last fragment never got its FIN.",
                        "Send one message at a time, and give its further fragments opcode 0.");
            case TOO_MANY_FRAGMENTS ->
                sender(
                        "A message came in more fragments than the receiver takes.",
                        "The sender writes tiny fragments, or tries to wear the receiver out.",
                        "Send larger fragments, or raise the receiver's limit on fragments.");
            case MASK_MISSING ->
                new Diagnosis(
                        "A client sent a frame that is not masked.",
                        "the client",
                        "It is hand-written and skips masking, or a server's code is used as a client.",
                        "Set the MASK bit, send four fresh random bytes of key and XOR the payload with them.");
            case MASK_FORBIDDEN ->
                new Diagnosis(
                        "A server sent a masked frame.",
                        "the server",
                        "It is hand-written and masks its answers, or sends a client's frame back as it came.",
                        "Clear the MASK bit, leave the key out and send the payload as it is.");
            case LENGTH_NOT_MINIMAL ->
                sender(
                        "A length was written in more bytes than it needs.",
                        "The sender always uses the long form.",
                        "Write up to 125 in seven bits, up to 65535 in two bytes, and only more in eight.");
            case LENGTH_HIGH_BIT_SET ->
                sender(
                        "A length of 2^63 or more was announced.",
                        "A negative number was written as a length, or the bytes are in the wrong order.",
                        "Write the eight bytes highest first, and check that the length is not negative.");
            case MESSAGE_TOO_BIG ->
                sender(
                        "A message is larger than the receiver takes.",
                        "The message is simply too large, or the limit is lower than the application needs.",
                        "Send less or in several messages, or raise the receiver's message limit.");
            case TEXT_NOT_UTF8 ->
                sender(
                        "A text message holds bytes that are not UTF-8.",
                        "Binary data was sent as text, or text in another encoding such as ISO-8859-1.",
                        "Encode the text as UTF-8, or send the bytes as a binary message.");
            case COMPRESSED_DATA_INVALID ->
                sender(
                        "A message that is marked as compressed cannot be inflated.",
                        "RSV1 was set on a plain message, the sender kept its window although it agreed not to, or its four last"
                                + " bytes were cut off when there was no 00 00 ff ff.",
                        "Compress each message with a sync flush, cut off the 00 00 ff ff it ends with, and reset the"
                                + " compressor after each message if no_context_takeover was agreed.");
            case TOO_MANY_FINAL_BLOCKS ->
                sender(
                        "A compressed message consists of very many DEFLATE streams.",
                        "The sender ends a stream for every few bytes, or tries to wear the receiver out.",
                        "Use blocks with BFINAL = 0 and a sync flush at the end of the message.");
            case CLOSE_PAYLOAD_OF_ONE_BYTE ->
                sender(
                        "A close frame came with half a code.",
                        "The code was written as one byte.",
                        "Write the code in two bytes, highest first, or send an empty close frame.");
            case CLOSE_CODE_INVALID ->
                sender(
                        "A close frame came with a code that may not be sent.",
                        "A code such as 1005 or 1006, which APIs report but nobody sends, was passed on; or a number of one's"
                                + " own below 3000.",
                        "Use 1000, or a number of your own from 4000 to 4999.");
            case CLOSE_REASON_NOT_UTF8 ->
                sender(
                        "The reason in a close frame is not UTF-8.",
                        "It was cut in the middle of a character to fit 123 bytes.",
                        "Cut the reason at the end of a character.");
        };
    }

    private static Diagnosis sender(String happened, String cause, String advice) {
        return new Diagnosis(happened, "whoever sent the frame", cause, advice);
    }
}
