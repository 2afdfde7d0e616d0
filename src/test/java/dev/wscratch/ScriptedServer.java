package dev.wscratch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that follows a script, byte by byte: what a client must survive. One connection; closing it fails if the
 * script did.
 */
public final class ScriptedServer implements AutoCloseable {
    /** What the peer does with its one connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Script {
        void play(Connection connection) throws Exception;
    }

    private static final Pattern KEY = Pattern.compile("(?im)^sec-websocket-key: *(.*?)\\r?$");
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listener;
    private final CompletableFuture<Void> played = new CompletableFuture<>();

    private ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        Thread thread = new Thread(() -> play(script), "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    public static ScriptedServer start(Script script) throws IOException {
        return new ScriptedServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), script);
    }

    /** On a socket of the test's own, such as one with TLS; closed with the peer. */
    public static ScriptedServer start(ServerSocket listener, Script script) {
        return new ScriptedServer(listener, script);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url() {
        return "ws://127.0.0.1:" + port() + "/echo";
    }

    private void play(Script script) {
        try (Socket socket = listener.accept()) {
            socket.setSoTimeout(10_000);
            script.play(new Connection(socket));
            played.complete(null);
        } catch (Throwable e) {
            played.completeExceptionally(e);
        }
    }

    /** Waits for the end of the script and fails if the script failed. */
    @Override
    public void close() throws IOException {
        try (listener) {
            played.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    /** A frame as it arrived, unmasked. */
    public record Frame(boolean fin, int opcode, boolean masked, ByteBuffer bytes) {
        public byte[] payload() {
            byte[] payload = new byte[bytes.capacity()];
            bytes.get(0, payload);
            return payload;
        }

        public String text() {
            return new String(payload(), StandardCharsets.UTF_8);
        }

        /** The code of a Close frame, 1005 if it has none. */
        public int closeCode() {
            return bytes.capacity() == 0 ? 1005 : bytes.getShort(0) & 0xFFFF;
        }
    }

    /** The peer's end of the connection. */
    public static final class Connection {
        private final Socket socket;
        private final InputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** Reads the request, answers 101 with the right accept key and these further header lines. */
        public String accept(String... headers) throws Exception {
            return acceptWith("", headers);
        }

        /** The same, with bytes in hex behind the empty line, in one write. */
        public String acceptWith(String hex, String... headers) throws Exception {
            String head = head();
            StringBuilder answer = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + acceptKey(head) + "\r\n");
            for (String header : headers) {
                answer.append(header).append("\r\n");
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(answer.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            all.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
            bytes(all.toByteArray());
            return head;
        }

        /** Reads up to the empty line. */
        public String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("the client ended within its request: " + head);
                }
                head.append((char) next);
            }
            return head.toString();
        }

        public void text(String text) throws IOException {
            bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Writes bytes given as hex digits; spaces are for the reader. */
        public void hex(String hex) throws IOException {
            bytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        }

        public void bytes(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Writes an unmasked text frame. */
        public void message(String text) throws IOException {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(0x81);
            if (payload.length < 126) {
                frame.write(payload.length);
            } else {
                frame.write(127);
                frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
            }
            frame.writeBytes(payload);
            bytes(frame.toByteArray());
        }

        /** Reads one frame of the client. */
        public Frame frame() throws IOException {
            int first = byteOrEnd();
            int second = byteOrEnd();
            long length = second & 0x7F;
            if (length > 125) {
                length = ByteBuffer.wrap(new byte[8])
                        .put(length == 126 ? 6 : 0, in.readNBytes(length == 126 ? 2 : 8))
                        .getLong();
            }
            boolean masked = (second & 0x80) != 0;
            byte[] key = masked ? in.readNBytes(4) : new byte[4];
            byte[] payload = in.readNBytes((int) length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= key[i & 3];
            }
            return new Frame((first & 0x80) != 0, first & 0x0F, masked, ByteBuffer.wrap(payload));
        }

        /** Whether the client has ended TCP; waits for it. */
        public boolean ended() throws IOException {
            return in.read() < 0;
        }

        /** Ends TCP by a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private int byteOrEnd() throws IOException {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the client ended TCP where a frame was expected");
            }
            return next;
        }

        private static String acceptKey(String head) throws GeneralSecurityException {
            Matcher key = KEY.matcher(head);
            if (!key.find()) {
                throw new IllegalStateException("no key in " + head);
            }
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        }
    }
}
