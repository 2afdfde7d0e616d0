package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Wire bytes as the RFC prints them. */
final class Hex {
    private Hex() {}

    /** Digits in pairs; spaces are for the reader. */
    static byte[] bytes(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static ByteBuffer buffer(String digits) {
        return ByteBuffer.wrap(bytes(digits));
    }

    static String of(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return HexFormat.ofDelimiter(" ").formatHex(copy);
    }
}
