package dev.wscratch.fault;

import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Violation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;

/**
 * Acts a script out on a line.
 *
 * <pre>
 *  start ─▶ step ─▶ step ─▶ … ─▶ Close, Cut or Reset ─▶ over
 *             │ each takes its time; meanwhile what the peer sends is met with the manners of the moment,
 *             └── and the peer's Close, where manners answer it, ends the script early ──▶ over
 * </pre>
 *
 * <p>Every method runs on the line's thread. Nothing runs later than a second after the connection is gone.
 */
public final class Player {
    private static final long LONGEST_SLEEP = Duration.ofSeconds(1).toNanos();

    /** Answers that wait beyond this many bytes stop the reading. */
    private static final int ENOUGH_REPLIES = Inbox.LARGEST_MESSAGE;

    private static final long DONE = -1;

    private final Script script;
    private final Line line;
    private final Inbox inbox;
    private final Replies replies;
    private final Random jitter = new Random();

    /** The step under way. */
    private int index;

    /** When it began; -1 before. */
    private long since = -1;

    /** How much of it is done, in bytes or times. */
    private int done;

    /** Whole messages that came during the step. */
    private int messages;

    /** Whole messages that were met with an echo. */
    private long echoed;

    private Manners manners = Manners.SILENT;
    private boolean paused;
    private boolean over;

    /** When the earliest wake is due that was asked for; {@link Replies#NEVER} when none is. */
    private long wakeDue = Replies.NEVER;

    /**
     * Prepares; nothing happens yet.
     *
     * @param script what to do
     * @param line where to do it
     */
    public Player(Script script, Line line) {
        this.script = script;
        this.line = line;
        this.replies = new Replies(line);
        this.inbox = new Inbox(script.deflate(), new Answering());
    }

    /** Begins. Once. */
    public void start() {
        run();
    }

    /**
     * Bytes came.
     *
     * @param bytes all of them; unmasked in place
     */
    public void received(ByteBuffer bytes) {
        if (!over) {
            inbox.take(bytes);
            run();
        }
    }

    /** The connection is gone: nothing more is done. */
    public void gone() {
        over = true;
    }

    private void run() {
        if (!over) {
            // What was answered goes out before what the script does next.
            replies.pump(line.nanos());
        }
        long due = Replies.NEVER;
        while (!over) {
            long until = play(script.steps().get(index));
            if (until != DONE) {
                due = until;
                break;
            }
            index++;
            since = -1;
        }
        if (!over) {
            due = Math.min(due, replies.pump(line.nanos()));
            applyReading();
        }
        if (!over) {
            wakeAt(due);
        }
    }

    /** {@return when to come back to the step, or {@link #DONE}} */
    private long play(Step step) {
        if (since < 0) {
            since = line.nanos();
            done = 0;
            messages = 0;
        }
        if (step instanceof Step.Send send) {
            line.write(send.bytes().duplicate());
        } else if (step instanceof Step.Behave behave) {
            manners = behave.manners();
            Echo echo = manners.echo();
            if (echo != null) {
                jitter.setSeed(echo.seed());
            }
        } else if (step instanceof Step.Await await) {
            return await(await);
        } else if (step instanceof Step.Trickle trickle) {
            return trickle(trickle.bytes(), Pace.nanosPerUnit(trickle.bytesPerSecond()));
        } else if (step instanceof Step.Repeat repeat) {
            return repeat(repeat, Math.max(1, repeat.every().toNanos()));
        } else if (step instanceof Step.Fin) {
            line.shutdownOutput();
        } else if (step instanceof Step.Reset) {
            over = true;
            line.abort();
        } else if (step instanceof Step.Close) {
            over = true;
            line.close();
        } else if (step instanceof Step.Cut) {
            over = true;
            line.cut();
        }
        return DONE;
    }

    private long await(Step.Await await) {
        long until = since + await.atMost().toNanos();
        return messages >= await.messages() || line.nanos() >= until ? DONE : until;
    }

    private long trickle(ByteBuffer bytes, long nanosPerByte) {
        long elapsed = line.nanos() - since;
        int due = Pace.due(bytes.remaining(), elapsed, nanosPerByte);
        if (due > done) {
            line.write(bytes.slice(bytes.position() + done, due - done));
            done = due;
        }
        return done == bytes.remaining() ? DONE : since + Pace.next(done, elapsed, nanosPerByte);
    }

    private long repeat(Step.Repeat repeat, long nanosPerTime) {
        long elapsed = line.nanos() - since;
        for (int due = Pace.due(repeat.times(), elapsed, nanosPerTime); done < due; done++) {
            line.write(repeat.bytes().duplicate());
        }
        // The pause belongs to the last time too, so that what follows keeps its distance.
        return elapsed >= repeat.times() * nanosPerTime ? DONE : since + Pace.next(done, elapsed, nanosPerTime);
    }

    private void applyReading() {
        boolean pause = !manners.reads() || replies.bytes() > ENOUGH_REPLIES;
        if (pause != paused) {
            paused = pause;
            line.pauseReading(pause);
        }
    }

    /** Wakes at least once a second, so that a connection that is gone is soon forgotten by the clock. */
    private void wakeAt(long due) {
        long now = line.nanos();
        long next = Math.min(Math.max(due, now), now + LONGEST_SLEEP);
        if (due == Replies.NEVER || next >= wakeDue) {
            return;
        }
        wakeDue = next;
        line.after(Duration.ofNanos(next - now), () -> {
            wakeDue = Replies.NEVER;
            run();
        });
    }

    /** Meets what comes with the manners of the moment. */
    private final class Answering implements Inbox.Reader {
        @Override
        public void message(Message message) {
            messages++;
            Echo echo = manners.echo();
            if (echo != null) {
                long wait = echo.delay().toNanos()
                        + (long) (jitter.nextDouble() * echo.jitter().toNanos());
                replies.add(echo.frames(message, echoed++), line.nanos() + wait, echo.bytesPerSecond());
            }
        }

        @Override
        public void ping(ByteBuffer payload) {
            if (manners.pongs()) {
                replies.urgent(FrameSerialiser.pong(payload));
            }
        }

        @Override
        public void closed(CloseReason reason) {
            end(reason);
        }

        @Override
        public void violated(Violation violation) {
            end(violation.closeReason());
        }

        private void end(CloseReason answer) {
            switch (manners.closing()) {
                case ANSWER -> {
                    replies.last(FrameSerialiser.close(answer), line.nanos());
                    replies.atEnd(this::close);
                }
                case ANSWER_AND_STAY -> replies.last(FrameSerialiser.close(answer), line.nanos());
                case END -> replies.atEnd(this::close);
                case IGNORE -> {}
            }
        }

        private void close() {
            over = true;
            line.close();
        }
    }
}
