package dev.wscratch.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one page asks the server to do to its connections.
 *
 * <pre>
 *  101 leaves ──reachable──▶ opening: orders wait ──opened, or gone──▶ orders are obeyed at once
 * </pre>
 *
 * <p>A page may give orders as soon as it has seen the 101, while {@code @OnOpen} may still wait for a thread: an order
 * for such a session is obeyed after that, by the thread that has run it. Safe for use by many threads; none waits here.
 */
final class Orders {
    /** Orders that wait for sessions to open, all together: a page in a hurry needs one or two. */
    static final int MOST_WAITING = 8;

    private final Consumer<Report> answer;
    private final Map<Integer, Peer> peers = new ConcurrentHashMap<>();
    private final Map<Integer, Predicate<List<ByteBuffer>>> senders = new ConcurrentHashMap<>();

    /** The orders that wait, by connection that is opening; guarded by its own monitor. */
    private final Map<Integer, Deque<Command.Order>> opening = new HashMap<>();

    /** How many wait; guarded by the monitor of {@link #opening}. */
    private int waiting;

    Orders(Consumer<Report> answer) {
        this.answer = answer;
    }

    /** The connection can be sent frames, and its session is about to open. */
    void reachable(int connection, Predicate<List<ByteBuffer>> sender) {
        senders.put(connection, sender);
        synchronized (opening) {
            opening.putIfAbsent(connection, new ArrayDeque<>());
        }
    }

    /** The session has opened, or never will; obeys what has waited for it. */
    void opened(int connection) {
        for (Command.Order next = nextOf(connection); next != null; next = nextOf(connection)) {
            carryOut(next);
        }
    }

    private Command.@Nullable Order nextOf(int connection) {
        synchronized (opening) {
            Deque<Command.Order> orders = opening.get(connection);
            Command.Order next = orders == null ? null : orders.poll();
            if (next == null) {
                // Not before: an order that comes meanwhile must not overtake those that wait.
                opening.remove(connection);
            } else {
                waiting--;
            }
            return next;
        }
    }

    void gone(int connection) {
        senders.remove(connection);
        opened(connection);
    }

    void joins(int connection, Peer peer) {
        if (peers.size() < Watcher.MOST_CONNECTIONS) {
            peers.putIfAbsent(connection, peer);
        }
    }

    void leaves(int connection, Peer peer) {
        peers.remove(connection, peer);
    }

    /** Nothing is obeyed any more. */
    void end() {
        peers.clear();
        senders.clear();
        synchronized (opening) {
            opening.clear();
        }
    }

    /** Obeys, now or when the session has opened, and then answers. */
    void obey(Command.Order order) {
        synchronized (opening) {
            Deque<Command.Order> before = opening.get(order.connection());
            if (before != null && waiting < MOST_WAITING) {
                before.add(order);
                waiting++;
                return;
            }
        }
        // Those that are too many find no session, and are told so.
        carryOut(order);
    }

    private void carryOut(Command.Order order) {
        Report.Problem problem = attempt(order);
        answer.accept(problem == null ? new Report.Done(order.id()) : problem);
    }

    private Report.@Nullable Problem attempt(Command.Order order) {
        Peer peer = peers.get(order.connection());
        if (peer == null) {
            return new Report.Problem(
                    order.id(),
                    "unknown-connection",
                    "an open connection of this lab to /, /echo, /deflate or /talk",
                    "connection " + order.connection());
        }
        try {
            return attempt(order, peer);
        } catch (IOException | RuntimeException e) {
            // Whatever the server below throws: a closed session, or on some servers a send while another is under way.
            return new Report.Problem(order.id(), "not-sent", "an open connection that takes it", describe(e));
        }
    }

    private static String describe(Exception e) {
        return e instanceof IllegalStateException ? "a connection that is closed or busy" : "a send that failed";
    }

    private Report.@Nullable Problem attempt(Command.Order order, Peer peer) throws IOException {
        if (order instanceof Command.Ping ping) {
            peer.ping(ping.payload());
        } else if (order instanceof Command.Close close) {
            peer.close(close.code(), close.reason());
        } else if (order instanceof Command.Send send) {
            Predicate<List<ByteBuffer>> sender = senders.get(send.connection());
            if (sender != null) {
                if (!sender.test(MessageParts.frames(send))) {
                    return new Report.Problem(send.id(), "not-sent", "an open connection", "one that is closing");
                }
            } else if (send.text()) {
                peer.sendText(MessageParts.texts(send.parts()));
            } else {
                peer.sendBinary(send.parts());
            }
        }
        return null;
    }
}
