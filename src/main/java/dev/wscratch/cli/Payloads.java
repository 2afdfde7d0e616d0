package dev.wscratch.cli;

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
        /** To send: the text's own bytes in UTF-8; received: hex digits behind 0x. */
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
