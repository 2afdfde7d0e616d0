package dev.wscratch.fault;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers on their way back: each waits for its time, goes at its speed, and none overtakes another. */
final class Replies {
    static final long NEVER = Long.MAX_VALUE;

    private final Line line;
    private final ArrayDeque<Reply> queue = new ArrayDeque<>();

    /** Bytes in the queue. */
    private int bytes;

    /** When the latest reply is due. */
    private long latest;

    /** What is to be done when the queue is empty. */
    private @Nullable Runnable atEnd;

    private static final class Reply {
        final ByteBuffer left;
        final int size;
        final long due;
        final long nanosPerByte;
        /** When its first byte went out; -1 before. */
        long since = -1;

        Reply(ByteBuffer frame, long due, long nanosPerByte) {
            this.left = frame;
            this.size = frame.remaining();
            this.due = due;
            this.nanosPerByte = nanosPerByte;
        }
    }

    Replies(Line line) {
        this.line = line;
    }

    /**
     * Adds the frames of one answer.
     *
     * @param due not before this moment
     * @param bytesPerSecond 0 for all at once
     */
    void add(List<ByteBuffer> frames, long due, int bytesPerSecond) {
        latest = Math.max(latest, due);
        for (ByteBuffer frame : frames) {
            bytes += frame.remaining();
            queue.add(
                    new Reply(frame.duplicate(), latest, bytesPerSecond == 0 ? 0 : Pace.nanosPerUnit(bytesPerSecond)));
        }
    }

    /** Sends a control frame as soon as no other frame is half sent: it may pass waiting ones (RFC 6455 5.4). */
    void urgent(ByteBuffer frame) {
        Reply first = queue.peek();
        if (first == null || first.since < 0) {
            line.write(frame);
            return;
        }
        queue.remove();
        queue.addFirst(new Reply(frame, 0, 0));
        queue.addFirst(first);
        bytes += frame.remaining();
    }

    /** Sends a last frame: what is due goes before it, answers that would have to wait are dropped for it. */
    void last(ByteBuffer frame, long now) {
        pump(now);
        Reply first = queue.peek();
        queue.clear();
        bytes = frame.remaining();
        if (first != null && first.since >= 0) {
            queue.add(first);
            bytes += first.left.remaining();
        }
        queue.add(new Reply(frame, 0, 0));
    }

    /** Does something once when everything has gone out. */
    void atEnd(Runnable task) {
        atEnd = task;
    }

    int bytes() {
        return bytes;
    }

    /** Sends what is due; {@return when to come again, or {@link #NEVER}} */
    long pump(long now) {
        for (Reply first = queue.peek(); first != null; first = queue.peek()) {
            long next = send(first, now);
            if (next != 0) {
                return next;
            }
            queue.remove();
        }
        Runnable task = atEnd;
        atEnd = null;
        if (task != null) {
            task.run();
        }
        return NEVER;
    }

    /** {@return 0 when all of it is out, else when to go on} */
    private long send(Reply reply, long now) {
        if (reply.since < 0) {
            if (now < reply.due) {
                return reply.due;
            }
            reply.since = now;
        }
        int sent = reply.size - reply.left.remaining();
        int due = reply.nanosPerByte == 0 ? reply.size : Pace.due(reply.size, now - reply.since, reply.nanosPerByte);
        if (due > sent) {
            line.write(reply.left.slice(reply.left.position(), due - sent));
            reply.left.position(reply.left.position() + due - sent);
            bytes -= due - sent;
        }
        return due == reply.size ? 0 : reply.since + Pace.next(due, now - reply.since, reply.nanosPerByte);
    }
}
