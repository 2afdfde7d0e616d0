package dev.wscratch.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection that is written by the checker and read by a thread of its own, so that a peer that answers before it
 * has read everything cannot block both. Neither a read nor a write waits past its deadline.
 */
final class Line implements AutoCloseable {
    /** Something was read, or the connection has ended. */
    sealed interface Read {
        record Some(ByteBuffer bytes) implements Read {}

        record End(String how) implements Read {}
    }

    /** How often the reader looks whether a write is stuck. */
    private static final int LOOK_MILLIS = 200;

    /** Pieces that wait to be looked at; past them the peer is not read. */
    private static final int MOST_WAITING = 2_048;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final long writeDeadlineNanos;
    private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread reader;

    /** When the write under way began; 0 for none. Written by the writer, read by the reader. */
    private volatile long writingSince;

    /** The end, once it was taken from the queue. The checker's thread only. */
    private Read.@Nullable End end;

    Line(Socket socket, Duration writeDeadline) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(LOOK_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        writeDeadlineNanos = writeDeadline.toNanos();
        reader = new Thread(this::read, "wscratch-check-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[16 * 1024];
        try {
            while (true) {
                Read read = readOnce(buffer);
                if (read != null) {
                    reads.put(read);
                }
                if (read instanceof Read.End) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The checker has done with this line.
        }
    }

    private @Nullable Read readOnce(byte[] buffer) {
        try {
            int count = in.read(buffer);
            return count < 0
                    ? new Read.End("end of TCP")
                    : new Read.Some(ByteBuffer.wrap(java.util.Arrays.copyOf(buffer, count)));
        } catch (SocketTimeoutException e) {
            long since = writingSince;
            if (since == 0 || System.nanoTime() - since < writeDeadlineNanos) {
                return null;
            }
            close();
            return new Read.End("a peer that does not read");
        } catch (IOException e) {
            return new Read.End("end of TCP by reset");
        }
    }

    /** Sends all, in pieces of {@code chop} bytes; 0 for at once. */
    void send(Bytes bytes, int chop) throws IOException {
        byte[] all = bytes.toArray();
        int piece = chop == 0 ? Math.max(1, all.length) : chop;
        writingSince = System.nanoTime();
        try {
            for (int from = 0; from < all.length; from += piece) {
                out.write(all, from, Math.min(piece, all.length - from));
                out.flush();
            }
        } finally {
            writingSince = 0;
        }
    }

    /** {@return the next bytes or the end, which is told again and again; null if nothing came in time} */
    @Nullable Read poll(long nanos) throws InterruptedException {
        Read.End ended = end;
        if (ended != null) {
            return ended;
        }
        Read read = reads.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        if (read instanceof Read.End last) {
            end = last;
        }
        return read;
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            socket.close();
        } catch (IOException e) {
            end = new Read.End("end of TCP (" + e.getMessage() + ")");
        }
    }
}
