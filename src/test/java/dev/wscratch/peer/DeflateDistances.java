package dev.wscratch.peer;

import java.util.Arrays;

/** Reads DEFLATE blocks (RFC 1951) by code of its own, only to learn how far back they look. */
public final class DeflateDistances {
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private byte[] in = {};

    /** In bits. */
    private int at;

    private int longest;

    /** In bytes, over all messages so far. */
    public int longest() {
        return longest;
    }

    /** One message's payload, as it travels. */
    public void read(byte[] payload) {
        in = Arrays.copyOf(payload, payload.length + 4);
        in[payload.length + 2] = (byte) 0xFF;
        in[payload.length + 3] = (byte) 0xFF;
        at = 0;
        while (at < 8 * in.length) {
            block();
        }
    }

    private void block() {
        bits(1);
        switch (bits(2)) {
            case 0 -> stored();
            case 1 -> {
                int[] lengths = new int[288];
                Arrays.fill(lengths, 0, 144, 8);
                Arrays.fill(lengths, 144, 256, 9);
                Arrays.fill(lengths, 256, 280, 7);
                Arrays.fill(lengths, 280, 288, 8);
                int[] distances = new int[30];
                Arrays.fill(distances, 5);
                symbols(new Code(lengths), new Code(distances));
            }
            case 2 -> dynamic();
            default -> throw new IllegalStateException("reserved block type");
        }
    }

    private void stored() {
        at = (at + 7) / 8 * 8;
        int length = bits(16);
        if (bits(16) != (~length & 0xFFFF)) {
            throw new IllegalStateException("lengths of a stored block do not match");
        }
        at += 8 * length;
    }

    private void dynamic() {
        int literals = bits(5) + 257;
        int distances = bits(5) + 1;
        int codes = bits(4) + 4;
        int[] lengths = new int[19];
        for (int i = 0; i < codes; i++) {
            lengths[ORDER[i]] = bits(3);
        }
        Code code = new Code(lengths);
        int[] all = new int[literals + distances];
        for (int i = 0; i < all.length; ) {
            int symbol = code.next();
            if (symbol < 16) {
                all[i++] = symbol;
            } else {
                int value = symbol == 16 ? all[i - 1] : 0;
                int times = symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
                Arrays.fill(all, i, i + times, value);
                i += times;
            }
        }
        symbols(
                new Code(Arrays.copyOf(all, literals)),
                new Code(Arrays.copyOfRange(all, literals, literals + distances)));
    }

    private void symbols(Code literals, Code distances) {
        for (int symbol = literals.next(); symbol != 256; symbol = literals.next()) {
            if (symbol > 256) {
                int lengthCode = symbol - 257;
                bits(lengthCode < 8 || lengthCode == 28 ? 0 : lengthCode / 4 - 1);
                int code = distances.next();
                int extra = code < 4 ? 0 : code / 2 - 1;
                int base = code < 4 ? code + 1 : ((2 + code % 2) << extra) + 1;
                longest = Math.max(longest, base + bits(extra));
            }
        }
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            value |= ((in[at / 8] >> (at % 8)) & 1) << i;
        }
        return value;
    }

    /** A canonical Huffman code (section 3.2.2). */
    private final class Code {
        private final int[] counts = new int[16];
        private final int[] symbols;

        Code(int[] lengths) {
            for (int length : lengths) {
                counts[length]++;
            }
            counts[0] = 0;
            int[] offsets = new int[17];
            for (int i = 1; i < 16; i++) {
                offsets[i + 1] = offsets[i] + counts[i];
            }
            symbols = new int[lengths.length];
            for (int i = 0; i < lengths.length; i++) {
                if (lengths[i] != 0) {
                    symbols[offsets[lengths[i]]++] = i;
                }
            }
        }

        int next() {
            int code = 0;
            int first = 0;
            int index = 0;
            for (int length = 1; length < 16; length++) {
                code |= bits(1);
                if (code - counts[length] < first) {
                    return symbols[index + code - first];
                }
                index += counts[length];
                first = (first + counts[length]) << 1;
                code <<= 1;
            }
            throw new IllegalStateException("no such code");
        }
    }
}
