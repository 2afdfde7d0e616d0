package dev.wscratch.soak;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Zlib;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;

/** One connection to an echo, compressed or not, that compares each reply byte by byte. */
final class Echoing implements AutoCloseable {
    private static final int RSV1 = 0x40;

    private final RawPeer peer;

    /** Null on a plain connection. */
    private final Zlib zlib;

    private Echoing(RawPeer peer, Zlib zlib) {
        this.peer = peer;
        this.zlib = zlib;
    }

    static Echoing plain(Door door) throws IOException {
        return new Echoing(door.open("/echo"), null);
    }

    static Echoing compressed(Door door) throws IOException {
        RawPeer peer = door.connect();
        String head = peer.handshake("/deflate", "Sec-WebSocket-Extensions: permessage-deflate");
        if (!head.startsWith("HTTP/1.1 101 ") || !head.contains("permessage-deflate")) {
            peer.close();
            throw new IOException("expected 101 with permessage-deflate, got: " + head);
        }
        return new Echoing(peer, new Zlib(true, Deflater.BEST_SPEED));
    }

    /** In one frame, or in {@code pieces} of them. */
    void send(Message message, int pieces) throws IOException {
        byte[] payload = zlib == null ? message.payload() : zlib.deflate(message.payload());
        int each = payload.length / pieces + 1;
        for (int piece = 0, at = 0; piece < pieces; piece++) {
            int length = Math.min(each, payload.length - at);
            int first =
                    (piece == 0 ? message.opcode() | (zlib == null ? 0 : RSV1) : 0) | (piece == pieces - 1 ? 0x80 : 0);
            byte[] part = new byte[length];
            System.arraycopy(payload, at, part, 0, length);
            peer.send(RawPeer.frame(first, part));
            at += length;
        }
    }

    /** Reads one whole message, which must be this one. */
    void expect(Message message) throws IOException {
        RawPeer.Frame first = peer.readDataFrame();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(first.payload());
        RawPeer.Frame last = first;
        while (!last.fin() && last.opcode() != RawPeer.CLOSE) {
            last = peer.readDataFrame();
            payload.writeBytes(last.payload());
        }
        boolean compressed = (first.firstByte() & RSV1) != 0;
        byte[] got = compressed && zlib != null ? inflate(zlib, payload.toByteArray()) : payload.toByteArray();
        if (!message.equalTo(first.opcode(), got)) {
            throw new IOException("expected the echo of opcode " + message.opcode() + " with "
                    + message.payload().length + " bytes, got " + first + " with " + got.length + " bytes");
        }
    }

    private static byte[] inflate(Zlib zlib, byte[] payload) throws IOException {
        try {
            return zlib.inflate(payload);
        } catch (DataFormatException e) {
            throw new IOException("the server's compressed message is broken", e);
        }
    }

    /** The closing handshake. */
    void shake() throws IOException {
        peer.sendClose(1000, "done");
        int code = peer.readClose().closeCode();
        if (code != 1000) {
            throw new IOException("expected Close 1000 in answer to ours, got " + code);
        }
    }

    RawPeer peer() {
        return peer;
    }

    @Override
    public void close() throws IOException {
        if (zlib != null) {
            zlib.close();
        }
        peer.close();
    }
}
