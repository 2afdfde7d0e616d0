package dev.wscratch.check;

import dev.wscratch.wire.Accept;
import dev.wscratch.wire.Handshake;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A small blocking echo server that keeps to the RFC but for one thing. */
final class BrokenServer implements AutoCloseable {
    /** The one thing. */
    enum Defect {
        NONE,
        WRONG_ACCEPT,
        ANY_VERSION,
        TAKES_UNMASKED,
        MASKS_ITS_FRAMES,
        NO_PONG,
        EMPTY_PONG,
        IGNORES_RESERVED_BITS,
        IGNORES_RESERVED_OPCODES,
        TAKES_BAD_TEXT,
        TAKES_BAD_REASONS,
        TAKES_BAD_CODES,
        NO_CLOSE_ANSWER,
        KEEPS_TCP_OPEN,
        CUTS_AT_65535,
        ANSWERS_EACH_FRAGMENT,
        LONG_CONTROL_FRAMES,
        LONELY_CONTINUATIONS,
        TEXT_AS_BINARY,
        ENDS_WITHOUT_CLOSE,
        ECHOES_CLOSE_AS_TEXT
    }

    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;

        Failed(int code) {
            super("close " + code);
            this.code = code;
        }
    }

    private final ServerSocket listener;
    private final Defect defect;

    BrokenServer(Defect defect) throws IOException {
        this.defect = defect;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    Server address() {
        return Server.parse("ws://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "broken-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                daemon(() -> new Connection(socket).run());
            } catch (IOException e) {
                return; // Closed by the test.
            }
        }
    }

    private final class Connection {
        private final Socket socket;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        /** Opcode of the message under way; 0 for none. */
        private int open;

        Connection(Socket socket) {
            this.socket = socket;
        }

        void run() {
            try (socket) {
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
                if (handshake(in)) {
                    serve(in);
                }
            } catch (IOException e) {
                // The checker has left.
            }
        }

        private boolean handshake(DataInputStream in) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (defect == Defect.ANY_VERSION) {
                text = text.replaceAll("(?i)Sec-WebSocket-Version: .*\r\n", "");
                text = text.replace("\r\n\r\n", "\r\nSec-WebSocket-Version: 13\r\n\r\n");
            }
            var parsed =
                    RequestHead.parse(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), HeadLimits.DEFAULT);
            String key = parsed instanceof RequestHead request
                            && Handshake.judge(request) instanceof Handshake.Accepted accepted
                    ? accepted.key()
                    : "";
            String accept = Accept.of(defect == Defect.WRONG_ACCEPT ? key + "x" : key);
            String answer = key.isEmpty()
                    ? "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    : "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            return !key.isEmpty();
        }

        private void serve(DataInputStream in) throws IOException {
            try {
                boolean goesOn = true;
                while (goesOn) {
                    goesOn = frame(in);
                }
            } catch (Failed failed) {
                if (defect != Defect.ENDS_WITHOUT_CLOSE) {
                    send(8, new byte[] {(byte) (failed.code >> 8), (byte) failed.code});
                }
            }
            if (defect == Defect.KEEPS_TCP_OPEN) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            end(in);
        }

        /** Unread bytes would make the end a reset that may overtake the Close frame. */
        private void end(DataInputStream in) throws IOException {
            socket.shutdownOutput();
            socket.setSoTimeout(500);
            in.transferTo(OutputStream.nullOutputStream());
        }

        private boolean frame(DataInputStream in) throws IOException, Failed {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            int opcode = first & 0x0F;
            boolean fin = (first & 0x80) != 0;
            boolean control = opcode >= 8;
            int announced = second & 0x7F;
            fail((first & 0x70) != 0 && defect != Defect.IGNORES_RESERVED_BITS, 1002);
            boolean known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
            fail(!known && defect != Defect.IGNORES_RESERVED_OPCODES, 1002);
            fail(control && known && !fin, 1002);
            fail(control && announced > 125 && defect != Defect.LONG_CONTROL_FRAMES, 1002);
            boolean masked = (second & 0x80) != 0;
            fail(!masked && defect != Defect.TAKES_UNMASKED, 1002);
            fail(
                    known
                            && !control
                            && (opcode == 0) != (open != 0)
                            && !(opcode == 0 && defect == Defect.LONELY_CONTINUATIONS),
                    1002);
            byte[] payload = payload(in, announced, masked);
            if (!known) {
                return true;
            }
            return control ? control(opcode, payload) : data(opcode, fin, payload);
        }

        private byte[] payload(DataInputStream in, int announced, boolean masked) throws IOException, Failed {
            long length = announced == 126 ? in.readUnsignedShort() : announced == 127 ? in.readLong() : announced;
            fail((announced == 126 && length < 126) || (announced == 127 && length >= 0 && length < 65_536), 1002);
            fail(length < 0, 1002);
            fail(length > 8 << 20, 1009);
            int key = masked ? in.readInt() : 0;
            byte[] payload = new byte[(int) length];
            in.readFully(payload);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= (byte) (key >> (24 - 8 * (i & 3)));
            }
            return payload;
        }

        private boolean control(int opcode, byte[] payload) throws IOException, Failed {
            if (opcode == 9 && defect != Defect.NO_PONG) {
                send(10, defect == Defect.EMPTY_PONG ? new byte[0] : payload);
            }
            if (opcode != 8) {
                return true;
            }
            fail(payload.length == 1, 1002);
            if (payload.length > 1) {
                int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
                boolean good = new dev.wscratch.wire.CloseCode(code).isValidOnWire();
                fail(!good && defect != Defect.TAKES_BAD_CODES, 1002);
                String reason = utf8(java.util.Arrays.copyOfRange(payload, 2, payload.length));
                fail(reason == null && defect != Defect.TAKES_BAD_REASONS, 1007);
            }
            if (defect == Defect.ECHOES_CLOSE_AS_TEXT) {
                send(1, payload);
                return true;
            }
            if (defect != Defect.NO_CLOSE_ANSWER) {
                send(8, java.util.Arrays.copyOf(payload, Math.min(2, payload.length)));
            }
            return false;
        }

        private boolean data(int opcode, boolean fin, byte[] payload) throws IOException, Failed {
            if (opcode != 0) {
                open = opcode;
                message.reset();
            }
            message.writeBytes(payload);
            fail(message.size() > 8 << 20, 1009);
            if (!fin && defect != Defect.ANSWERS_EACH_FRAGMENT) {
                return true;
            }
            byte[] whole = defect == Defect.ANSWERS_EACH_FRAGMENT ? payload : message.toByteArray();
            int kind = open == 0 ? 2 : open;
            fail(kind == 1 && fin && defect != Defect.TAKES_BAD_TEXT && utf8(message.toByteArray()) == null, 1007);
            if (fin) {
                open = 0;
            }
            int most = defect == Defect.CUTS_AT_65535 ? 65_535 : Integer.MAX_VALUE;
            byte[] echo = java.util.Arrays.copyOf(whole, Math.min(most, whole.length));
            send(defect == Defect.TEXT_AS_BINARY ? 2 : kind, echo);
            return true;
        }

        private static void fail(boolean broken, int code) throws Failed {
            if (broken) {
                throw new Failed(code);
            }
        }

        private static @org.jspecify.annotations.Nullable String utf8(byte[] bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                return null;
            }
        }

        private void send(int opcode, byte[] payload) throws IOException {
            Bytes body = Bytes.of(payload);
            Bytes frame = defect == Defect.MASKS_ITS_FRAMES
                    ? Masked.frame(0x80 | opcode, body)
                    : Masked.unmasked(0x80 | opcode, body);
            socket.getOutputStream().write(frame.toArray());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
