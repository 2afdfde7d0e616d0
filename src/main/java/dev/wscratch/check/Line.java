package dev.wscratch.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection that is written by the checker and read by a thread of its own, so that a peer that answers before it
 * has read everything cannot block both. No write waits past its deadline, and nothing past the line's life, whatever the
 * peer does: the reader then ends the connection.
 */
final class Line implements AutoCloseable {
    /** Something was read, or the connection has ended. */
    sealed interface Read {
        record Some(ByteBuffer bytes) implements Read {}

        /** By the peer. */
        record End(String how) implements Read {}

        /** By us: a deadline is over. */
        record GivenUp(String why) implements Read {}
    }

    /** A write of one piece may take this long against a peer that reads slowly. */
    private static final Duration WRITE_DEADLINE = Duration.ofSeconds(10);

    /** How often the reader looks at the deadlines. */
    private static final int LOOK_MILLIS = 100;

    /** Pieces that wait to be looked at; past them the peer is not read. */
    private static final int MOST_WAITING = 2_048;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Duration life;
    private final Duration writeDeadline;
    private final long begun = System.nanoTime();
    private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread reader;

    /** Goes out in one write, whose deadline is its own. */
    private static final int MOST_AT_ONCE = 64 * 1024;

    /** When the write under way began; 0 for none. Written by the writer, read by the reader. */
    private volatile long writingSince;

    /** Set by the reader, once; what waits in the queue no longer counts then. */
    private volatile Read.@Nullable GivenUp givenUp;

    /** The end, once it was taken from the queue. The checker's thread only. */
    private Read.@Nullable End end;

    /**
     * Begins to read.
     *
     * @param life after which the connection is ended
     */
    Line(Socket socket, Duration life) throws IOException {
        this(socket, life, WRITE_DEADLINE);
    }

    /** With another deadline for each piece that is written. */
    Line(Socket socket, Duration life, Duration writeDeadline) throws IOException {
        this.socket = socket;
        this.life = life;
        this.writeDeadline = writeDeadline;
        socket.setSoTimeout(LOOK_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        reader = new Thread(this::read, "wscratch-check-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[16 * 1024];
        try {
            boolean goesOn = true;
            while (goesOn && !isOver()) {
                Read read = readOnce(buffer);
                goesOn = read == null || (handOver(read) && read instanceof Read.Some);
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
                    : new Read.Some(ByteBuffer.wrap(Arrays.copyOf(buffer, count)));
        } catch (SocketTimeoutException e) {
            return null;
        } catch (IOException e) {
            return new Read.End("end of TCP by reset");
        }
    }

    /** Waits for room, for the checker may be busy writing to a peer that does not read; false once it was given up. */
    private boolean handOver(Read read) throws InterruptedException {
        while (!reads.offer(read, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (isOver()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a deadline is over, and the connection with it. The reader's thread only. */
    private boolean isOver() {
        long now = System.nanoTime();
        long since = writingSince;
        String why = null;
        if (now - begun >= life.toNanos()) {
            why = "the case takes longer than " + life.toMillis() + " ms";
        } else if (since != 0 && now - since >= writeDeadline.toNanos()) {
            why = "the peer has read nothing for " + writeDeadline.toMillis() + " ms";
        }
        if (why == null) {
            return false;
        }
        giveUp(why);
        return true;
    }

    /** Ends it without a word to the peer: TLS's goodbye would wait for the write that is stuck. */
    private void giveUp(String why) {
        Read.GivenUp over = new Read.GivenUp(why);
        givenUp = over; // Before the writer finds the socket closed.
        reads.offer(over); // Wakes whoever waits; nobody does if there is no room.
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            givenUp = new Read.GivenUp(why + " (" + e.getMessage() + ")");
        }
    }

    /** Sends all, in pieces of {@code chop} bytes; 0 for at once. */
    void send(Bytes bytes, int chop) throws IOException {
        byte[] all = bytes.toArray();
        int piece = chop == 0 ? MOST_AT_ONCE : chop;
        try {
            for (int from = 0; from < all.length; from += piece) {
                writingSince = System.nanoTime(); // A slow peer that does read is not given up.
                out.write(all, from, Math.min(piece, all.length - from));
                if (chop > 0) {
                    out.flush();
                }
            }
            out.flush();
        } finally {
            writingSince = 0;
        }
    }

    /** {@return the next bytes or the end, which is told again and again; null if nothing came in time} */
    @Nullable Read poll(long nanos) throws InterruptedException {
        Read over = ended();
        if (over != null) {
            return over;
        }
        Read read = reads.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        if (read instanceof Read.End last) {
            end = last;
        }
        return read;
    }

    private @Nullable Read ended() {
        Read over = givenUp;
        return over == null ? end : over;
    }

    /** {@return how many reads can be had without waiting} */
    int waiting() {
        return reads.size();
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
