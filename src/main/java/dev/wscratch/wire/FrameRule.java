package dev.wscratch.wire;

/**
 * The rules that frames obey, each with the close code that answers a breach: the one place where a code is decided.
 *
 * <p>RFC 6455 says "fail the connection" for most of them and names 1002, 1007 and 1009 in section 7.4.1.
 */
public enum FrameRule implements Rule {
    RESERVED_BIT_SET(
            CloseCode.PROTOCOL_ERROR,
            "RFC 6455 5.2",
            "The bits RSV1, RSV2 and RSV3 are 0 unless a negotiated extension gives them a meaning."),
    RSV1_MISPLACED(
            CloseCode.PROTOCOL_ERROR,
            "RFC 7692 6.1",
            "With compression negotiated, RSV1 may be set only on the first frame of a text or binary message."),
    RESERVED_OPCODE(
            CloseCode.PROTOCOL_ERROR,
            "RFC 6455 5.2",
            "Opcodes 3 to 7 and B to F are reserved: nobody may send them yet."),
    CONTROL_FRAME_FRAGMENTED(
            CloseCode.PROTOCOL_ERROR, "RFC 6455 5.5", "A control frame is never fragmented, so its FIN bit is 1."),
    CONTROL_FRAME_TOO_LONG(
            CloseCode.PROTOCOL_ERROR, "RFC 6455 5.5", "A control frame carries at most 125 bytes of payload."),
    CONTINUATION_WITHOUT_MESSAGE(
            CloseCode.PROTOCOL_ERROR,
            "RFC 6455 5.4",
            "A continuation frame goes on with a message that a text or binary frame without FIN began."),
    MESSAGE_INTERRUPTED(
            CloseCode.PROTOCOL_ERROR,
            "RFC 6455 5.4",
            "Between the fragments of one message only control frames may come, not another message."),
    TOO_MANY_FRAGMENTS(
            CloseCode.POLICY_VIOLATION,
            "RFC 6455 10.4",
            "A receiver may limit how many fragments one message has, so that endless tiny ones cannot wear it out."),
    MASK_MISSING(CloseCode.PROTOCOL_ERROR, "RFC 6455 5.1", "A client masks every frame that it sends to a server."),
    MASK_FORBIDDEN(CloseCode.PROTOCOL_ERROR, "RFC 6455 5.1", "A server masks no frame that it sends to a client."),
    LENGTH_NOT_MINIMAL(
            CloseCode.PROTOCOL_ERROR,
            "RFC 6455 5.2",
            "The payload length is written in the shortest of its three forms that can hold it."),
    LENGTH_HIGH_BIT_SET(
            CloseCode.PROTOCOL_ERROR,
            "RFC 6455 5.2",
            "The highest bit of a 64-bit payload length is 0: lengths end at 2^63 - 1."),
    MESSAGE_TOO_BIG(
            CloseCode.MESSAGE_TOO_BIG,
            "RFC 6455 10.4",
            "A receiver may limit the size of a message, counted over all its fragments."),
    TEXT_NOT_UTF8(CloseCode.INVALID_FRAME_PAYLOAD_DATA, "RFC 6455 8.1", "A text message is valid UTF-8."),
    // RFC 7692 names no code. 1007 is for payload that is not what the message says it is, and what most servers send.
    COMPRESSED_DATA_INVALID(
            CloseCode.INVALID_FRAME_PAYLOAD_DATA,
            "RFC 7692 7.2.2",
            "The payload of a compressed message is whole DEFLATE blocks, without the last four bytes 00 00 ff ff."),
    TOO_MANY_FINAL_BLOCKS(
            CloseCode.POLICY_VIOLATION,
            "RFC 6455 10.4",
            "A receiver may limit how many DEFLATE streams one message has, since each costs more to begin than to send."),
    CLOSE_PAYLOAD_OF_ONE_BYTE(
            CloseCode.PROTOCOL_ERROR,
            "RFC 6455 5.5.1",
            "A close frame is empty or begins with a code of two bytes; one byte is half a code."),
    CLOSE_CODE_INVALID(
            CloseCode.PROTOCOL_ERROR,
            "RFC 6455 7.4",
            "The code of a close frame is a registered one that may be sent, or lies in 3000 to 4999."),
    CLOSE_REASON_NOT_UTF8(
            CloseCode.INVALID_FRAME_PAYLOAD_DATA, "RFC 6455 5.5.1", "The reason in a close frame is valid UTF-8.");

    private final int closeCode;
    private final String section;
    private final String sentence;

    FrameRule(CloseCode closeCode, String section, String sentence) {
        this.closeCode = closeCode.value();
        this.section = section;
        this.sentence = sentence;
    }

    /** The code with which to fail the connection. */
    public CloseCode closeCode() {
        return new CloseCode(closeCode);
    }

    @Override
    public String section() {
        return section;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
