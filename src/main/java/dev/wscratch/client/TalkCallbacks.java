package dev.wscratch.client;

import dev.wscratch.message.Message;
import dev.wscratch.message.Reading;
import dev.wscratch.message.Reading.Misunderstood;
import dev.wscratch.message.Reading.Understood;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One conversation of a {@link TalkClient}, whatever carries it: the questions that wait in it, and how it ended. */
final class TalkCallbacks {
    /** How messages reach the server: a {@link WebSocket} of our own, or a session of somebody's Jakarta container. */
    interface Way {
        /** Queues a message behind those before and returns. One that can no longer leave is followed by the end. */
        void send(Message message);

        /** Closes; does nothing where that has begun, whoever did it. */
        void close(CloseReason reason);
    }

    final Questions questions;
    final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();

    /** Set before the first message comes or goes. */
    private volatile @Nullable Way way;

    /** Why this side gave up, if it did. */
    private volatile @Nullable IOException broken;

    TalkCallbacks(Duration patience) {
        this.questions = new Questions(patience);
    }

    void opened(Way open) {
        way = open;
    }

    /** Where messages go; there is one once the handshake is done. */
    Way way() {
        Way open = way;
        if (open == null) {
            throw new IllegalStateException("not connected yet");
        }
        return open;
    }

    void heard(Reading reading) {
        try {
            if (reading instanceof Understood understood) {
                questions.answer(understood.message());
            } else if (reading instanceof Misunderstood misunderstood) {
                throw new IOException("the server's message is none: " + misunderstood.problem());
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    /** What came makes no sense: no later answer can be trusted to be the right one. */
    void broken(IOException why) {
        broken = why;
        // First, so that who hears of the failure and closes does not come before with a code of his own.
        way().close(new CloseReason(CloseCode.PROTOCOL_ERROR, "not wscratch.v1"));
        end(why);
    }

    /** There will be no more answers. */
    void end(IOException why) {
        IOException first = broken;
        questions.end(first == null ? why : first);
    }

    void closed(CloseEvent close) {
        end(new IOException("the connection was closed with " + (close.code() + " " + close.reason()).strip()));
        closed.complete(close);
    }
}
