package dev.wscratch.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands before a server and takes no more than the first 16 KiB of one client: what comes behind backs up at the client.
 * Its buffer is small, since what the kernel keeps for a server that merely reads nothing is the kernel's choice, and may be
 * megabytes.
 */
public final class Miser implements AutoCloseable {
    private static final int BUFFER = 4_096;
    private static final int ALL = 16 * 1_024;

    private final ServerSocket listener = new ServerSocket();
    private final Socket server;
    private volatile Socket client = new Socket();

    /** Before the server at this port of this machine. */
    public static Miser before(int port) throws IOException {
        return new Miser(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private Miser(Socket server) throws IOException {
        this.server = server;
        listener.setReceiveBufferSize(BUFFER);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        inBackground(this::takeALittle);
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void takeALittle() throws IOException {
        client = listener.accept();
        inBackground(() -> {
            try (Socket to = client) {
                server.getInputStream().transferTo(to.getOutputStream());
            }
        });
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        int taken = 0;
        for (int count = in.read(buffer); count >= 0 && taken < ALL; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            taken += count;
        }
    }

    private void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        if (!server.isClosed() && !client.isClosed()) {
                            throw new UncheckedIOException(e);
                        }
                    }
                },
                "miser");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        try (listener;
                server) {
            client.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }
}
