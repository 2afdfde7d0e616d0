package dev.wscratch.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * How the messages of {@code connect} stand on stdin, in {@code -x} and on stdout.
 *
 * @param binary whether binary messages are sent
 * @param form how binary stands in text
 * @param end what ends a message on stdin and stdout
 */
record Payloads(boolean binary, Form form, char end) {
    /** How binary stands in text. */
    enum Form {
        /** To send: the bytes as they are; received: hex digits behind 0x. */
        PLAIN,
        HEX,
        BASE64
    }

    /**
     * {@return the message that this text stands for: a {@code String} or a {@code byte[]}}
     *
     * @throws UsageException if it is not hex or base64 where that was promised
     */
    Object message(Value given) {
        return switch (form) {
            case PLAIN -> binary ? given.text().getBytes(StandardCharsets.UTF_8) : given.text();
            case HEX -> HexText.bytes(given);
            case BASE64 -> base64(given);
        };
    }

    /** The same of bytes of a file or of stdin: binary that is not hex or base64 stays as it is. */
    Object message(String source, byte[] given) {
        return switch (form) {
            case PLAIN -> binary ? given : utf8(source, given);
            case HEX, BASE64 -> message(new Value(source, new String(given, StandardCharsets.UTF_8)));
        };
    }

    private static String utf8(String source, byte[] given) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(given))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException(source + ": expected UTF-8, got other bytes; -b sends them as they are");
        }
    }

    private static byte[] base64(Value given) {
        try {
            return Base64.getDecoder().decode(given.text().strip());
        } catch (IllegalArgumentException e) {
            throw given.wrong("base64 (" + Printable.of(String.valueOf(e.getMessage())) + ")");
        }
    }

    /** A received binary message as text. */
    String shown(byte[] bytes) {
        return switch (form) {
            case PLAIN -> "0x" + HexFormat.of().formatHex(bytes);
            case HEX -> HexFormat.of().formatHex(bytes);
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
        };
    }
}
