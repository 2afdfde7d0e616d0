package dev.wscratch.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;

/**
 * A client on a bare socket: it sends any bytes, in any cut, and reads frames by code of its own, so that it shares no
 * mistake with the server. Every read has a deadline of ten seconds.
 */
public final class RawPeer implements AutoCloseable {
    /** What one frame said. */
    @SuppressWarnings("ArrayRecordComponent") // Frames are looked at, never compared.
    public record Frame(int firstByte, byte[] payload) {
        public int opcode() {
            return firstByte & 0x0F;
        }

        public boolean fin() {
            return (firstByte & 0x80) != 0;
        }

        public String text() {
            return new String(payload, UTF_8);
        }

        /** Of a Close frame; 1005 when it has none. */
        public int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        }

        public String closeReason() {
            return new String(payload, 2, payload.length - 2, UTF_8);
        }

        @Override
        public String toString() {
            return "Frame[" + Integer.toHexString(firstByte) + " " + payload.length + " bytes "
                    + HexFormat.of().formatHex(payload, 0, Math.min(32, payload.length)) + "]";
        }
    }

    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;
    private static final byte[] KEY = {0x37, (byte) 0xFA, 0x21, 0x3D};

    static final int SMALL_BUFFER = 4096;

    private final Socket socket;

    /** Null without TLS. */
    private final TlsStreams tls;

    private final InputStream in;
    private final OutputStream out;

    private RawPeer(Socket socket, TlsStreams tls) throws IOException {
        this.socket = socket;
        this.tls = tls;
        this.in = new BufferedInputStream(tls == null ? socket.getInputStream() : tls.in());
        this.out = tls == null ? socket.getOutputStream() : tls.out();
    }

    public static RawPeer connect(int port) throws IOException {
        return new RawPeer(connected(port, 0), null);
    }

    /** With a receive buffer so small that a peer which does not read is noticed soon. */
    public static RawPeer connectWithSmallBuffer(int port) throws IOException {
        return new RawPeer(connected(port, SMALL_BUFFER), null);
    }

    /**
     * Over TLS, whose handshake begins with the first byte that is sent or wanted.
     *
     * @param receiveBuffer in bytes; 0 for the usual one
     * @param protocol such as {@code TLSv1.2}; null for what both sides know best
     */
    public static RawPeer connect(int port, int receiveBuffer, SSLContext trust, String protocol) throws IOException {
        Socket socket = connected(port, receiveBuffer);
        return new RawPeer(socket, new TlsStreams(socket, port, trust, protocol));
    }

    private static Socket connected(int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        return socket;
    }

    /** Connected and upgraded. */
    public static RawPeer open(int port, String path) throws IOException {
        return connect(port).upgraded(path);
    }

    /** The same with a receive buffer so small that a peer which does not read is noticed soon. */
    public static RawPeer openWithSmallBuffer(int port, String path) throws IOException {
        return connectWithSmallBuffer(port).upgraded(path);
    }

    /** This peer, once its handshake has succeeded; otherwise it is closed. */
    RawPeer upgraded(String path) throws IOException {
        String head = "";
        try {
            head = handshake(path);
        } finally {
            if (!head.startsWith("HTTP/1.1 101 ")) {
                close();
            }
        }
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("expected 101, got: " + head);
        }
        return this;
    }

    /** The lines of a good handshake, with more headers if wanted. */
    public static String request(int port, String path, String... headers) {
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Sends a good handshake and gives the head of the answer. */
    public String handshake(String path, String... headers) throws IOException {
        send(request(socket.getPort(), path, headers).getBytes(ISO_8859_1));
        return readHead();
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void send(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    /** Blanks in the hex are for the reader. */
    public void sendHex(String hex) throws IOException {
        send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    public void sendText(String text) throws IOException {
        send(frame(0x80 | TEXT, text.getBytes(UTF_8)));
    }

    public void sendClose(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        send(frame(0x80 | CLOSE, payload));
    }

    /** A masked frame. */
    public static byte[] frame(int firstByte, byte[] payload) {
        byte[] header = header(firstByte, payload.length);
        byte[] frame = Arrays.copyOf(header, header.length + payload.length);
        for (int i = 0; i < payload.length; i++) {
            frame[header.length + i] = (byte) (payload[i] ^ KEY[i & 3]);
        }
        return frame;
    }

    /** The header of a masked frame, key included. */
    public static byte[] header(int firstByte, long length) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(firstByte);
        if (length <= 125) {
            header.write(0x80 | (int) length);
        } else if (length <= 0xFFFF) {
            header.write(0x80 | 126);
            header.write((int) (length >> 8));
            header.write((int) length);
        } else {
            header.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                header.write((int) (length >> shift));
            }
        }
        header.writeBytes(KEY);
        return header.toByteArray();
    }

    /** Reads up to and with the empty line. */
    public String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the connection ended after: " + head.toString(ISO_8859_1));
            }
            head.write(b);
        }
        return head.toString(ISO_8859_1);
    }

    /** Reads a head and the body that its Content-Length announces. */
    public String readResponse() throws IOException {
        String head = readHead();
        int length = head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(readFully(length), UTF_8);
    }

    public Frame readFrame() throws IOException {
        int first = readByte();
        int second = readByte();
        if ((second & 0x80) != 0) {
            throw new IOException("a server's frame must not be masked (RFC 6455 5.1)");
        }
        long length = second;
        if (second >= 126) {
            length = 0;
            for (int i = 0; i < (second == 126 ? 2 : 8); i++) {
                length = length << 8 | readByte();
            }
        }
        return new Frame(first, readFully(Math.toIntExact(length)));
    }

    /** Reads the next frame that is not a Ping, and answers the Pings before it. */
    public Frame readDataFrame() throws IOException {
        Frame frame = readFrame();
        while (frame.opcode() == PING) {
            send(frame(0x80 | PONG, frame.payload()));
            frame = readFrame();
        }
        return frame;
    }

    private int readByte() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the connection ended");
        }
        return b;
    }

    private byte[] readFully(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Reads the frames that are left up to the Close frame. */
    public Frame readClose() throws IOException {
        Frame frame = readFrame();
        while (frame.opcode() != CLOSE) {
            frame = readFrame();
        }
        return frame;
    }

    /** Whether the connection ends, by FIN or reset, and nothing comes before that. */
    public boolean readsEnd() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /** Reads so many bytes. */
    public byte[] read(int count) throws IOException {
        return readFully(count);
    }

    /** Reads to the end of the connection. */
    public byte[] readRest() throws IOException {
        return in.readAllBytes();
    }

    /** Whether the connection ends, by FIN or reset, whatever comes before that. */
    public boolean endsEventually() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /** By FIN; over TLS by its goodbye (close_notify) before that. */
    public void shutdownOutput() throws IOException {
        if (tls != null) {
            tls.socket().shutdownOutput();
        }
        if (!socket.isOutputShutdown()) {
            socket.shutdownOutput();
        }
    }

    /** Whether the server has said goodbye (close_notify), once its end was read. */
    public boolean wasToldGoodbye() {
        return tls.endedWithAlert();
    }

    /** Begins TLS's handshake or, after that, asks for new keys: in TLS 1.2 by another handshake. */
    public void negotiate() throws IOException {
        tls.socket().startHandshake();
    }

    /** The same, with bytes that TLS knows nothing of right behind its first record. */
    public void negotiate(byte[] behind) throws IOException {
        tls.sendBehindNextRecord(behind);
        negotiate();
    }

    /** Ends the connection by a reset. */
    public void reset() throws IOException {
        // The JDK's TLS closes by itself when it has failed.
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    public Socket socket() {
        return socket;
    }

    /** By FIN alone, also over TLS. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
