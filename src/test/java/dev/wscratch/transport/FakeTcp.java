package dev.wscratch.transport;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A TCP connection in memory: what is written is kept, what is done to it is listed, and tasks for its selector thread run
 * when the test says so.
 */
final class FakeTcp implements Tcp {
    /** Why the connection was reset; empty while it was not. */
    String aborted = "";

    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    final Deque<Outbox.Progress> underWay = new ArrayDeque<>();
    final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    final List<String> done = new ArrayList<>();

    /** The peer takes nothing. */
    boolean stuck;

    boolean paused;
    private final InetSocketAddress remote;

    FakeTcp() {
        this("192.0.2.1");
    }

    FakeTcp(String remote) {
        this.remote = new InetSocketAddress(address(remote), 50_000);
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal, e);
        }
    }

    /** Runs what waits for the selector thread, and what that adds. */
    void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** What was written since the last call. */
    byte[] takeWritten() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    /** The same as text. */
    String takeText() {
        return new String(takeWritten(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void write(List<ByteBuffer> parts, Outbox.Progress progress) {
        ByteBuffer bytes = PlainWrite.joined(parts);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        written.writeBytes(copy);
        if (stuck) {
            underWay.add(progress);
        } else {
            progress.completed();
        }
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
    }

    @Override
    public void watchedBy(ConnectionTap watcher) {
        done.add("watched");
    }

    @Override
    public void close() {
        done.add("close");
    }

    @Override
    public void cut() {
        done.add("cut");
    }

    @Override
    public void abort(String why) {
        done.add("abort");
        aborted = why;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public void shutdownOutput() {
        done.add("shutdownOutput");
    }

    @Override
    public void broken(Throwable cause) {
        done.add("broken: " + cause.getMessage());
    }

    @Override
    public void pauseReading(boolean pause) {
        paused = pause;
    }

    @Override
    public TcpEnd endedBy() {
        return TcpEnd.byServer("the test did");
    }

    @Override
    public void onSelectorThread(Runnable task) {
        tasks.add(task);
    }
}
