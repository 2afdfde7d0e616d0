package dev.wscratch.check;

import dev.wscratch.wire.Masking;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Turns frames as a client sends them into the same frames as a server does, wrong ones included. */
final class Unmasking {
    private Unmasking() {}

    /** All frames of {@code bytes}; what is announced and not there stays so. */
    static Bytes of(Bytes bytes) {
        ByteBuffer in = bytes.buffer();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (in.remaining() >= 2) {
            out.write(in.get());
            int second = in.get() & 0xFF;
            out.write(second & 0x7F);
            int announced = second & 0x7F;
            long length = announced;
            int extended = announced == 126 ? 2 : announced == 127 ? 8 : 0;
            if (extended > 0) {
                length = extended == 2 ? in.getShort(in.position()) & 0xFFFF : in.getLong(in.position());
                out.writeBytes(take(in, extended));
            }
            int key = (second & 0x80) == 0 ? 0 : in.getInt();
            int there = length < 0 ? in.remaining() : (int) Math.min(length, in.remaining());
            ByteBuffer payload = ByteBuffer.wrap(take(in, there));
            Masking.apply(payload, 0, there, key, 0);
            out.writeBytes(payload.array());
        }
        return Bytes.of(out.toByteArray());
    }

    private static byte[] take(ByteBuffer in, int count) {
        byte[] taken = new byte[count];
        in.get(taken);
        return taken;
    }
}
