package dev.wscratch.peer;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Stands between a client and a server for one connection, keeps every byte that passes, and writes them as a packet
 * capture, so that another program can say what they mean. No rights are needed for that.
 */
public final class Capture implements AutoCloseable {
    private static final int CLIENT_PORT = 40_000;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;
    private static final int LINK_TYPE_RAW_IP = 101;

    private record Segment(boolean fromClient, ByteBuffer bytes) {}

    private final ServerSocket listener;
    private final int serverPort;

    /** Guarded by itself. */
    private final List<Segment> segments = new ArrayList<>();

    private final CompletableFuture<Void> over;

    public Capture(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.over = CompletableFuture.runAsync(this::relay, task -> start("capture", task));
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where the client connects instead of the server. */
    public int port() {
        return listener.getLocalPort();
    }

    private void relay() {
        try (Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            CompletableFuture<Void> up =
                    CompletableFuture.runAsync(() -> copy(client, server, true), task -> start("capture-up", task));
            copy(server, client, false);
            up.join();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void copy(Socket from, Socket to, boolean fromClient) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[30_000];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (segments) {
                    segments.add(new Segment(fromClient, ByteBuffer.wrap(Arrays.copyOf(buffer, count))));
                }
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // The other direction has ended the connection; what passed is kept.
        }
    }

    /** Waits for the end of the connection and writes what passed (pcap, IPv4 and TCP made up around it). */
    public void write(Path file) throws IOException {
        over.join();
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(0xA1B2C3D4);
            out.writeShort(2);
            out.writeShort(4);
            out.writeInt(0);
            out.writeInt(0);
            out.writeInt(262_144);
            out.writeInt(LINK_TYPE_RAW_IP);
            int[] next = {0, 0};
            packet(out, true, SYN, next, ByteBuffer.allocate(0));
            next[0]++;
            packet(out, false, SYN | ACK, next, ByteBuffer.allocate(0));
            next[1]++;
            for (Segment segment : segments) {
                packet(out, segment.fromClient, ACK, next, segment.bytes);
                next[segment.fromClient ? 0 : 1] += segment.bytes.remaining();
            }
        }
    }

    private void packet(DataOutputStream out, boolean fromClient, int flags, int[] next, ByteBuffer bytes)
            throws IOException {
        int length = 40 + bytes.remaining();
        for (int field : new int[] {0, 0, length, length}) {
            out.writeInt(field);
        }
        out.writeInt(0x4500 << 16 | length);
        out.writeInt(0);
        out.writeInt(64 << 24 | 6 << 16);
        out.writeInt(0x7F000001);
        out.writeInt(0x7F000001);
        out.writeShort(fromClient ? CLIENT_PORT : serverPort);
        out.writeShort(fromClient ? serverPort : CLIENT_PORT);
        out.writeInt(next[fromClient ? 0 : 1]);
        out.writeInt(next[fromClient ? 1 : 0]);
        out.writeShort(0x5000 | flags);
        out.writeShort(65_535);
        out.writeInt(0);
        byte[] payload = new byte[bytes.remaining()];
        bytes.duplicate().get(payload);
        out.write(payload);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
