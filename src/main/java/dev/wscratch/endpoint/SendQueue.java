package dev.wscratch.endpoint;

import dev.wscratch.message.Format;
import dev.wscratch.message.Message;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The way out of one session: its messages leave one after the other, in its format.
 *
 * <p>There are two kinds. An answer is sent by the callback that owes it, and as long as it cannot leave, the callback
 * takes no further message: where the server below queues, by its high-water mark, elsewhere because the send blocks. What
 * comes by itself, such as the time, never waits and never piles up: while the last one is under way, the next is left out.
 *
 * <p>Safe for use by many threads.
 */
final class SendQueue {
    /** Seconds for which an answer waits behind a message that does not get through. */
    private static final int PATIENCE = 10;

    private final Session session;
    private final Format format;
    private final Deployment.Sends order;

    /** Held by the message that is under way; by no answer where the server below keeps the order. */
    private final Semaphore turn = new Semaphore(1, true);

    SendQueue(Session session, Format format, Deployment.Sends order) {
        this.session = session;
        this.format = format;
        this.order = order;
    }

    /**
     * Sends an answer; for callbacks, which Jakarta runs one at a time.
     *
     * @throws SlowPeerException when the message before it does not get through
     * @throws IOException when the connection is gone
     */
    void answer(Message message) throws IOException {
        if (order == Deployment.Sends.BY_SERVER) {
            send(message);
            return;
        }
        awaitTurn();
        try {
            send(message);
        } finally {
            turn.release();
        }
    }

    /**
     * Sends a message, unless the last one of this kind is still under way; returns at once.
     *
     * @param failed told why the message could not be sent, perhaps before this returns
     * @return whether it was sent
     */
    boolean offer(Message message, Consumer<Throwable> failed) {
        if (!turn.tryAcquire()) {
            return false;
        }
        AtomicBoolean over = new AtomicBoolean();
        Runnable release = () -> {
            if (over.compareAndSet(false, true)) {
                turn.release();
            }
        };
        try {
            session.getAsyncRemote().sendObject(format.outgoing(message), result -> {
                release.run();
                if (!result.isOK()) {
                    failed.accept(result.getException());
                }
            });
        } catch (RuntimeException notSent) {
            // Whatever the server below throws, IllegalStateException for a closed session or another: the turn was not
            // used, and kept, it would block every later answer.
            release.run();
            failed.accept(notSent);
        }
        return true;
    }

    private void send(Message message) throws IOException {
        try {
            session.getBasicRemote().sendObject(format.outgoing(message));
        } catch (EncodeException e) {
            throw new IllegalStateException("a message of ours cannot be written: " + e.getMessage(), e);
        }
    }

    private void awaitTurn() throws IOException {
        try {
            if (!turn.tryAcquire(PATIENCE, TimeUnit.SECONDS)) {
                throw new SlowPeerException(
                        "expected the peer to read a message within " + PATIENCE + " s, it did not");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted before an answer was sent");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** The peer does not read. */
    static final class SlowPeerException extends IOException {
        private static final long serialVersionUID = 1L;

        SlowPeerException(String message) {
            super(message);
        }
    }
}
