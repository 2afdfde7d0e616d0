package dev.wscratch.endpoint;

import dev.wscratch.inspect.Labs;
import dev.wscratch.inspect.Mark;
import dev.wscratch.wire.PeerText;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What every endpoint does for its connection: applies the message limit, counts, logs one line when it opens and one
 * when it closes, and turns an error into a close.
 *
 * <p>Used by one connection's callbacks, which Jakarta runs one at a time.
 */
final class Connection {
    private static final Logger LOG = System.getLogger("dev.wscratch.endpoint");

    private final Deployment deployment;
    private final long number;
    private final String path;
    private final long openedNanos = System.nanoTime();

    /** Messages received; touched by this connection's callbacks only. */
    private long received;

    /** Bytes of payload received; touched by this connection's callbacks only. */
    private long receivedBytes;

    /** Ends what the inspector knows of this connection; touched by this connection's callbacks only. */
    private Runnable leaveLab = () -> {};

    Connection(Deployment deployment, String path) {
        this.deployment = deployment;
        this.number = deployment.nextConnection();
        this.path = path;
    }

    void opened(Session session) {
        // A limit in an annotation is a constant; only the session's can follow a setting. Not every app server
        // enforces
        // that one, hence the check in accepts() as well.
        session.setMaxTextMessageBufferSize(deployment.maxMessage());
        session.setMaxBinaryMessageBufferSize(deployment.maxMessage());
        // Dead peers are found by the server's pings; some app servers would close an idle session after 30 s.
        session.setMaxIdleTimeout(-1);
        joinLab(session);
        LOG.log(Level.INFO, "open conn={0} path={1}", Long.toString(number), path);
    }

    /** Lets the page that made the connection, and said so in its query, ping and close it from this side. */
    private void joinLab(Session session) {
        Labs labs = deployment.labs();
        Mark mark = labs == null ? null : Mark.of(session.getQueryString());
        if (labs != null && mark != null) {
            SessionPeer peer = new SessionPeer(session);
            labs.joins(mark, peer);
            leaveLab = () -> labs.leaves(mark, peer);
        }
    }

    /** Counts a message and says whether it is within the limit; closes the session with 1009 if it is not. */
    boolean accepts(Session session, String kind, long bytes) throws IOException {
        received++;
        receivedBytes += bytes;
        // Asked first: once per message, even the strings of a line that nobody reads would cost.
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "message conn=" + number + " type=" + kind + " bytes=" + bytes);
        }
        if (bytes <= deployment.maxMessage()) {
            return true;
        }
        String reason = "message of " + bytes + " bytes, at most " + deployment.maxMessage() + " allowed";
        session.close(new CloseReason(CloseReason.CloseCodes.TOO_BIG, reason));
        return false;
    }

    void failed(Session session, Throwable error) throws IOException {
        if (error instanceof IOException io) {
            // Not ours: an app server tells the loss of the TCP connection here before it closes the session with 1006.
            lost(io);
            return;
        }
        LOG.log(Level.WARNING, () -> "error conn=" + number + " path=" + path + " why=\"" + describe(error) + "\"");
        if (session.isOpen()) {
            // The peer never sees internals: the reason says no more than the code (RFC 6455 section 7.4.1, 1011).
            session.close(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, "internal error"));
        }
    }

    /** As {@link #failed}, where nobody is there to hear that the session cannot be closed either. */
    void brokeOff(Session session, Exception error) {
        try {
            failed(session, error);
        } catch (IOException | RuntimeException e) {
            // An app server may close the session between isOpen() and close().
            lost(e);
        }
    }

    /** Closes the session of a peer that does not read: 1013, as the standalone server does. */
    void tooSlow(Session session, IOException error) {
        lost(error);
        end(session, new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, "too slow"));
    }

    /** Closes the session, if it is not closed already. */
    void end(Session session, CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException | RuntimeException e) {
            // IllegalStateException where the session is closed already.
            lost(e);
        }
    }

    /** Nothing can be sent any more; how the connection ends is told elsewhere. */
    void lost(Exception error) {
        LOG.log(Level.DEBUG, () -> "lost conn=" + number + " path=" + path + " why=\"" + describe(error) + "\"");
    }

    private static String describe(Throwable error) {
        return PeerText.escape(error.getClass().getSimpleName() + ": " + error.getMessage(), 200);
    }

    void closed(CloseReason reason) {
        leaveLab.run();
        long millis = (System.nanoTime() - openedNanos) / 1_000_000;
        LOG.log(
                Level.INFO,
                () -> "close conn=" + number + " path=" + path + " code="
                        + reason.getCloseCode().getCode() + " reason=\""
                        + PeerText.escape(reason.getReasonPhrase(), 123)
                        + "\" messages=" + received + " bytes=" + receivedBytes + " duration_ms=" + millis);
    }
}
