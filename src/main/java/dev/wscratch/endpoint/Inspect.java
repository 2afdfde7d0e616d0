package dev.wscratch.endpoint;

import dev.wscratch.inspect.Command;
import dev.wscratch.inspect.CommandDecoder;
import dev.wscratch.inspect.Labs;
import dev.wscratch.inspect.Outlet;
import dev.wscratch.inspect.Report;
import dev.wscratch.inspect.ReportEncoder;
import dev.wscratch.inspect.Watcher;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The inspector: shows a page what its own connections do on the wire, and does to them what it asks for. Whoever knows a
 * lab may watch it, one at a time.
 */
@ServerEndpoint(
        value = Labs.PATH,
        configurator = EndpointConfigurator.class,
        subprotocols = Labs.SUBPROTOCOL,
        encoders = ReportEncoder.class,
        decoders = CommandDecoder.class)
public final class Inspect {
    /** What is answered to a page that does not watch; it may still mend its ways. */
    private static final int MOST_UNWATCHED = 16;

    /** How long a page may wait before it watches, where the server below has no bound of its own. */
    private static final long UNWATCHED_MILLIS = 60_000;

    private final Deployment deployment;
    private final @Nullable Labs labs;
    private final Connection connection;

    /** Null until the page watches; set once, by this connection's callbacks. */
    private volatile @Nullable Watcher watcher;

    /** Null where the server below pings, and until the page watches; set once, by this connection's callbacks. */
    private volatile @Nullable KeepAlive keepAlive;

    /** What was answered before the page watched; touched by this connection's callbacks only. */
    private int unwatched;

    /**
     * Made by {@link EndpointConfigurator}, once per connection.
     *
     * @param deployment of the server that the connection came to
     */
    public Inspect(Deployment deployment) {
        this.deployment = deployment;
        this.labs = deployment.labs();
        this.connection = new Connection(deployment, Labs.PATH);
    }

    /**
     * The handshake is done.
     *
     * @param session of this connection
     */
    @OnOpen
    public void onOpen(Session session) {
        connection.opened(session);
        if (labs != null && !labs.showsFrames()) {
            // Until it watches: from then on it is kept, and the places are few.
            session.setMaxIdleTimeout(UNWATCHED_MILLIS);
        }
    }

    /**
     * Obeys a command.
     *
     * @param command as decoded
     * @param session of this connection
     */
    @OnMessage
    public void onCommand(Command command, Session session) {
        Way way = new Way(session);
        try {
            hear(command, way);
        } catch (RuntimeException e) {
            // Some app servers close the session with a code of their own on an exception.
            connection.brokeOff(session, e);
        }
    }

    private void hear(Command command, Way way) {
        Watcher watching = watcher;
        if (watching == null) {
            Report answer = begin(command, way);
            if (answer != null && ++unwatched > MOST_UNWATCHED) {
                way.end(CloseReason.CloseCodes.VIOLATED_POLICY.getCode(), "watch first");
            } else {
                way.send(answer, () -> {});
            }
        } else if (command instanceof Command.Order order) {
            watching.obey(order);
        } else if (command instanceof Command.Misunderstood misunderstood) {
            watching.misunderstood(misunderstood.problem());
        } else {
            watching.misunderstood(problem("watching-already", "one watch for a connection", "another"));
        }
    }

    /** {@return the answer to what comes first; null when the watcher gives it} */
    private @Nullable Report begin(Command command, Way way) {
        if (command instanceof Command.Misunderstood misunderstood) {
            return misunderstood.problem();
        }
        Labs here = labs;
        if (here == null || !(command instanceof Command.Watch watch)) {
            return problem("not-watching", "a watch first", "another command");
        }
        Watcher watching = here.watch(watch.lab(), deployment.clients().network(way.session), way);
        watcher = watching;
        KeepAlive pings = here.showsFrames() ? null : keepAlive(way.session);
        keepAlive = pings;
        if (!way.session.isOpen()) {
            // It closed before there was a watcher to leave.
            watching.leave();
            if (pings != null) {
                pings.stop();
            }
        }
        return null;
    }

    private KeepAlive keepAlive(Session session) {
        return new KeepAlive(session, deployment.timer(), deployment.pingers(), KeepAlive.PERIOD, connection::lost);
    }

    private static Report.Problem problem(String code, String expected, String actual) {
        return new Report.Problem(null, code, expected, actual);
    }

    /**
     * A callback failed.
     *
     * @param session of this connection
     * @param error why
     * @throws IOException when the session cannot be closed
     */
    @OnError
    public void onError(Session session, Throwable error) throws IOException {
        connection.failed(session, error);
    }

    /**
     * The connection is over.
     *
     * @param reason code and text
     */
    @OnClose
    public void onClose(CloseReason reason) {
        Watcher watching = watcher;
        if (watching != null) {
            watching.leave();
        }
        KeepAlive pings = keepAlive;
        if (pings != null) {
            pings.stop();
        }
        connection.closed(reason);
    }

    /** The way to the page. */
    private final class Way implements Outlet {
        private final Session session;

        Way(Session session) {
            this.session = session;
        }

        /** Nothing is said for null. */
        @Override
        public void send(@Nullable Report report, Runnable done) {
            if (report == null) {
                return;
            }
            try {
                session.getAsyncRemote().sendObject(report, result -> done.run());
            } catch (RuntimeException notSent) {
                // Whatever the server below throws, as a rule for a session that is closed. Where it is not, the page
                // would wait for ever: nothing is sent before the end of what was.
                connection.tooSlow(session, new IOException("a report could not be sent", notSent));
            }
        }

        @Override
        public void tooSlow() {
            connection.tooSlow(session, new IOException("the page asks and does not read its answers"));
        }

        @Override
        public void end(int code, String reason) {
            connection.end(session, new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        }
    }
}
