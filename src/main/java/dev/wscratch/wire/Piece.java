package dev.wscratch.wire;

import dev.wscratch.wire.ExplainedBytes.Bits;

/**
 * What the pieces of a frame or head are called, and what is said of them: {@link Template}s, so that a program in another
 * language (the page) can say the same of the same bytes.
 */
enum Piece {
    FIRST_BYTE("FIN={fin} RSV={rsv} opcode={opcode} ({kind})", "{frame}", Sections.FRAMING),
    FIN_SET("FIN=1", "This frame ends its message.", Sections.FRAMING),
    FIN_CLEAR("FIN=0", "More frames of this message follow.", Sections.FRAMING),
    RSV_CLEAR("{bit}=0", "Kept free for extensions; 0 as long as none uses it.", Sections.FRAMING),
    RSV_SET("{bit}=1", FrameRule.RESERVED_BIT_SET.sentence(), Sections.FRAMING),
    RSV1_SET("RSV1=1", "The message is compressed, if permessage-deflate was agreed.", "RFC 7692 6"),
    OPCODE("opcode={kind}", "{opcode}", Sections.FRAMING),

    SECOND_BYTE_MASKED(
            "MASK=1 length={length}", "The payload is masked, as everything a client sends. {size}", Sections.FRAMING),
    SECOND_BYTE_UNMASKED(
            "MASK=0 length={length}",
            "The payload is not masked, as everything a server sends. {size}",
            Sections.FRAMING),
    MASK_SET("MASK=1", "The payload is masked, as everything a client sends.", "RFC 6455 5.1"),
    MASK_CLEAR("MASK=0", "The payload is not masked, as everything a server sends.", "RFC 6455 5.1"),
    NO_PAYLOAD("length=0", "There is no payload.", Sections.FRAMING),
    ONE_BYTE_OF_PAYLOAD("length=1", "The payload is 1 byte long.", Sections.FRAMING),
    LENGTH("length={length}", "The payload is {length} bytes long.", Sections.FRAMING),
    LENGTH_IN_TWO_BYTES("length=126", "126 means: the length stands in the next two bytes.", Sections.FRAMING),
    LENGTH_IN_EIGHT_BYTES("length=127", "127 means: the length stands in the next eight bytes.", Sections.FRAMING),
    EXTENDED_LENGTH(
            "length={length}",
            "The payload's length as a number of {bits} bits, highest byte first.",
            Sections.FRAMING),
    EXTENDED_LENGTH_CUT(
            "length (cut short)",
            "The payload's length as a number of {bits} bits, highest byte first.",
            Sections.FRAMING),
    MASKING_KEY(
            "masking key",
            "Four random bytes that the client chose for this frame: each payload byte is XORed with one of them.",
            Sections.MASKING),

    CLOSE_CODE("code={code} {name}", "The close code, highest byte first. {happened}", "RFC 6455 7.4"),
    BYTE("{byte}", "The byte {byte}.", Sections.FRAMING),
    BYTE_MASKED("{byte}", "The byte {byte}; masked: {steps}.", Sections.MASKING),
    COMPRESSED("{byte}", "The byte {byte}, compressed.", "RFC 7692 6"),
    COMPRESSED_MASKED("{byte}", "The byte {byte}, compressed; masked: {steps}.", Sections.MASKING),
    CHARACTER("{character}", "The character {character}, {bytes} bytes of UTF-8.", Sections.TEXT),
    CHARACTER_MASKED(
            "{character}", "The character {character}, {bytes} bytes of UTF-8; masked: {steps}.", Sections.MASKING),
    CHARACTER_OF_ONE_BYTE("{character}", "The character {character}, one byte of UTF-8.", Sections.TEXT),
    CHARACTER_OF_ONE_BYTE_MASKED(
            "{character}", "The character {character}, one byte of UTF-8; masked: {steps}.", Sections.MASKING),
    NO_CHARACTER("{byte} (not UTF-8 by itself)", "The byte {byte}, by itself no character of UTF-8.", Sections.TEXT),
    NO_CHARACTER_MASKED(
            "{byte} (not UTF-8 by itself)",
            "The byte {byte}, by itself no character of UTF-8; masked: {steps}.",
            Sections.MASKING),
    REST("{count} more bytes", "The rest of the payload, of the same kind.", Sections.FRAMING),

    FIRST_LINE("first line", "A request begins with a method, a response with a version.", Sections.MESSAGE),
    METHOD_GET("GET", "The handshake is a GET, like asking for a page.", "RFC 6455 4.1"),
    METHOD_OTHER("{text}", "A method of HTTP, but a WebSocket handshake is a GET.", "RFC 6455 4.1"),
    TARGET("target", "What on the server is asked for: path and query.", "RFC 6455 3"),
    REQUEST_VERSION(
            "version", "The handshake is HTTP/1.1, so that it can share a port with a web server.", "RFC 6455 1.7"),
    RESPONSE_VERSION("{text}", "The version of HTTP that the server speaks.", "RFC 9112 4"),
    STATUS_101(
            "101",
            "Switching Protocols: the server agrees, and the connection is a WebSocket from the empty line on.",
            "RFC 6455 4.2.2"),
    STATUS_OTHER("{text}", "An ordinary HTTP answer: the connection does not become a WebSocket.", "RFC 9110 15"),
    REASON("reason", "The status once more, in words for people.", "RFC 9112 4"),
    NO_HEADER("no header", "This line is no header: it has no name and colon.", "RFC 9112 5"),
    MALFORMED_HEADER("header", "A header whose name holds a character that no name may have.", "RFC 9112 5.1"),
    LINE_END("line end", "CR LF ends the line.", "RFC 9112 2.2"),
    EMPTY_LINE("empty line", "An empty line ends the head.", Sections.MESSAGE),
    EMPTY_LINE_OF_101(
            "empty line", "An empty line ends the head; from here on another protocol begins.", Sections.MESSAGE);

    /** In a class of their own, since constants of an enum cannot name its fields. */
    private static final class Sections {
        static final String FRAMING = "RFC 6455 5.2";
        static final String MASKING = "RFC 6455 5.3";
        static final String TEXT = "RFC 6455 5.6";
        static final String MESSAGE = "RFC 9112 2.1";
    }

    private final String label;
    private final String sentence;
    private final String section;

    Piece(String label, String sentence, String section) {
        this.label = label;
        this.sentence = sentence;
        this.section = section;
    }

    String label() {
        return label;
    }

    String sentence() {
        return sentence;
    }

    String section() {
        return section;
    }

    /** This piece at its place, with its values filled in. */
    ExplainedBytes at(int offset, int length, Object... namesAndValues) {
        return ExplainedBytes.of(
                offset, length, Template.fill(label, namesAndValues), Template.fill(sentence, namesAndValues), section);
    }

    /** This piece as bits of a byte, with its values filled in. */
    Bits bits(int mask, Object... namesAndValues) {
        return new Bits(mask, Template.fill(label, namesAndValues), Template.fill(sentence, namesAndValues), section);
    }

    /** What the seven bits of length in a frame's second byte say. */
    static Piece ofSevenBits(int length) {
        return switch (length) {
            case 0 -> NO_PAYLOAD;
            case 1 -> ONE_BYTE_OF_PAYLOAD;
            case 126 -> LENGTH_IN_TWO_BYTES;
            case 127 -> LENGTH_IN_EIGHT_BYTES;
            default -> LENGTH;
        };
    }
}
