package dev.wscratch.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wscratch.peer.RawPeer;
import java.util.Arrays;
import java.util.Random;

/**
 * Something to send and to expect back.
 *
 * @param opcode text or binary
 * @param payload its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Made once, compared by Echoing, changed by nobody.
record Message(int opcode, byte[] payload) {
    private static final String WORDS = "so weit, so gut: žluťoučký kůň 漢字 🙂 ";

    /** Text of exactly so many bytes, which compresses well. */
    static Message text(int length) {
        StringBuilder text = new StringBuilder();
        int left = length;
        for (int at = 0; left > 0; at = (at + 1) % WORDS.codePointCount(0, WORDS.length())) {
            String next = Character.toString(WORDS.codePointAt(WORDS.offsetByCodePoints(0, at)));
            int size = next.getBytes(UTF_8).length;
            text.append(size <= left ? next : "x".repeat(left));
            left -= Math.min(size, left);
        }
        return new Message(RawPeer.TEXT, text.toString().getBytes(UTF_8));
    }

    /** Noise, which does not compress at all. */
    static Message binary(int length, Random random) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return new Message(RawPeer.BINARY, payload);
    }

    boolean equalTo(int otherOpcode, byte[] other) {
        return opcode == otherOpcode && Arrays.equals(payload, other);
    }
}
