package dev.wscratch.client;

import dev.wscratch.message.Format;
import dev.wscratch.message.Message;
import dev.wscratch.wire.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The Jakarta session that carries a {@link TalkEndpoint}: one message at a time, since some containers lose the second. */
final class TalkSession implements TalkCallbacks.Way {
    private final Session session;
    private final Format format;
    private final TalkCallbacks callbacks;

    /** Behind the one that is being sent; guarded by this. */
    private final Queue<Object> waiting = new ArrayDeque<>();

    /** Whether the container has a message that has not left; guarded by this. */
    private boolean sending;

    /** Whether a thread is in {@link #drain}, so that a container that calls back at once makes no deep stack; by this. */
    private boolean draining;

    TalkSession(Session session, TalkCallbacks callbacks) {
        this.session = session;
        this.format = Format.of(session.getNegotiatedSubprotocol() == null ? "" : session.getNegotiatedSubprotocol());
        this.callbacks = callbacks;
    }

    @Override
    public void send(Message message) {
        synchronized (this) {
            waiting.add(format.outgoing(message));
            if (draining) {
                return;
            }
            draining = true;
        }
        drain();
    }

    /** Hands over what waits, until the container has something to send. Throws what the container throws. */
    private void drain() {
        Object next = next();
        while (next != null) {
            boolean handed = false;
            try {
                session.getAsyncRemote().sendObject(next, this::sent);
                handed = true;
            } finally {
                if (!handed) {
                    stop();
                }
            }
            next = next();
        }
    }

    private synchronized @Nullable Object next() {
        Object next = sending ? null : waiting.poll();
        sending = sending || next != null;
        draining = next != null;
        return next;
    }

    private synchronized void stop() {
        sending = false;
        draining = false;
    }

    private void sent(SendResult result) {
        if (!result.isOK()) {
            callbacks.broken(new IOException("cannot send: " + result.getException(), result.getException()));
            return;
        }
        synchronized (this) {
            sending = false;
            if (draining) {
                return;
            }
            draining = true;
        }
        try {
            drain();
        } catch (RuntimeException e) {
            // Such as Jakarta's answer where the session has ended: who asked must not wait for an answer.
            callbacks.broken(new IOException("cannot send: " + e.getMessage(), e));
        }
    }

    /** Closes the session, unless it is closed already, whoever did that. */
    @Override
    public void close(CloseReason reason) {
        int code = reason.code().value();
        try {
            session.close(new jakarta.websocket.CloseReason(
                    jakarta.websocket.CloseReason.CloseCodes.getCloseCode(code), reason.reason()));
        } catch (IOException e) {
            callbacks.end(e);
        } catch (IllegalStateException e) {
            // Jakarta's answer where the session has ended: then all is as it should be.
            callbacks.end(new IOException("the connection is closed", e));
        }
    }
}
