package dev.wscratch.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a frame is: the low four bits of its first byte (RFC 6455 section 5.2).
 *
 * <p>The highest of the four bits tells control frames (8 to F) from data frames (0 to 7). 3 to 7 and B to F are
 * reserved: no extension has claimed them yet, so whoever receives one fails the connection.
 */
public enum Opcode {
    /** One more piece of the message that a TEXT or BINARY frame without FIN began (section 5.4). */
    CONTINUATION(0x0, "continuation"),
    /** A message of UTF-8 text, or its first piece (section 5.6). */
    TEXT(0x1, "text"),
    /** A message of bytes, or its first piece (section 5.6). */
    BINARY(0x2, "binary"),
    /** The last frame an endpoint sends (section 5.5.1). */
    CLOSE(0x8, "close"),
    /** "Are you there?" (section 5.5.2). */
    PING(0x9, "ping"),
    /** "I am", with the ping's own payload (section 5.5.3). */
    PONG(0xA, "pong");

    private static final @Nullable Opcode[] BY_VALUE = new @Nullable Opcode[16];

    static {
        for (Opcode opcode : values()) {
            BY_VALUE[opcode.value] = opcode;
        }
    }

    private final int value;
    private final String label;

    Opcode(int value, String label) {
        this.value = value;
        this.label = label;
    }

    /** The four bits, 0 to 15. */
    public int value() {
        return value;
    }

    /** The name in small letters, for people. */
    public String label() {
        return label;
    }

    /** Close, ping and pong: they may come between the fragments of a message and are never fragmented themselves. */
    public boolean isControl() {
        return value >= 0x8;
    }

    /** TEXT or BINARY: the frame is the first of a message. */
    public boolean startsMessage() {
        return this == TEXT || this == BINARY;
    }

    /**
     * The opcode of a frame's first byte.
     *
     * @param firstByte the byte; only its low four bits count
     * @return null if the value is reserved
     */
    public static @Nullable Opcode of(int firstByte) {
        return BY_VALUE[firstByte & 0xF];
    }
}
