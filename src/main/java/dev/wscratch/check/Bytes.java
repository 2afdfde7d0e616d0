package dev.wscratch.check;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as a value: they never change, and are equal when they are the same. */
public final class Bytes {
    static final Bytes NONE = of();

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    static Bytes of(byte... bytes) {
        return new Bytes(bytes.clone());
    }

    static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Digits in pairs; blanks are for the reader. */
    static Bytes hex(String digits) {
        return new Bytes(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** So many bytes of the alphabet, over and over: text and binary alike, and a lost piece shows. */
    static Bytes letters(int length) {
        byte[] letters = new byte[length];
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) ('a' + i % 26);
        }
        return new Bytes(letters);
    }

    static Bytes join(Bytes... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Bytes part : parts) {
            all.writeBytes(part.bytes);
        }
        return new Bytes(all.toByteArray());
    }

    /** What is between the position and the limit, which stay. */
    static Bytes of(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return new Bytes(copy);
    }

    /** {@return the bytes from {@code from} up to before {@code to}} */
    Bytes part(int from, int to) {
        return new Bytes(Arrays.copyOfRange(bytes, from, to));
    }

    /** {@return how many bytes} */
    public int length() {
        return bytes.length;
    }

    byte[] toArray() {
        return bytes.clone();
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes.clone());
    }

    /** {@return hex digits of at most the first {@code most} bytes; what is cut is said with the true length} */
    String hex(int most) {
        String digits = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(most, bytes.length));
        return bytes.length <= most ? digits : digits + " … (" + bytes.length + " bytes)";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex(32);
    }
}
