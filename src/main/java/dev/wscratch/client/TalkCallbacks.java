package dev.wscratch.client;

import dev.wscratch.message.Format;
import dev.wscratch.message.Reading;
import dev.wscratch.message.Reading.Misunderstood;
import dev.wscratch.message.Reading.Understood;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What {@link TalkJson} and {@link TalkCbor} have in common: one session, and the questions that wait in it. */
final class TalkCallbacks {
    final Questions questions;
    final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final Format format;

    /** Set before {@code connectToServer} returns. */
    private volatile @Nullable Session session;

    TalkCallbacks(Format format, Duration patience) {
        this.format = format;
        this.questions = new Questions(patience);
    }

    Format format() {
        return format;
    }

    void opened(Session opened) {
        session = opened;
    }

    /** The session; there is one once the handshake is done. */
    Session session() {
        Session open = session;
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

    void failed(Throwable cause) {
        broken(cause instanceof IOException io ? io : new IOException(cause));
    }

    void closed(CloseReason reason) {
        questions.end(new IOException("the connection was closed with " + reason.getCloseCode() + ", "
                + reason.getCloseCode().getCode() + " " + reason.getReasonPhrase()));
        closed.complete(reason);
    }

    private void broken(IOException why) {
        questions.end(why);
        close(new CloseReason(CloseCodes.PROTOCOL_ERROR, "not wscratch.v1"));
    }

    /** Closes the session, unless it is closed already, whoever did that. */
    void close(CloseReason reason) {
        try {
            session().close(reason);
        } catch (IOException e) {
            questions.end(e);
        } catch (IllegalStateException e) {
            // Jakarta's answer where the session has ended: then all is as it should be.
            questions.end(new IOException("the connection is closed", e));
        }
    }
}
