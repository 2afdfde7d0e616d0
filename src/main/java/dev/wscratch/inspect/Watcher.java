package dev.wscratch.inspect;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A page that watches its lab, from its {@code watch} until it goes.
 *
 * <p>What its connections do is put into a bounded mailbox by their own threads and sent by a thread of the inspector's,
 * one report at a time, so that a page which does not read slows down nobody but itself. Safe for use by many threads.
 */
public final class Watcher {
    /** Connections of one lab that are watched, or reached, at a time. */
    static final int MOST_CONNECTIONS = 16;

    /** Bytes of payload of one frame that are shown. */
    static final int MOST_PAYLOAD = 16 << 10;

    /** Commands per second, so that the server does not work harder than the page. */
    static final int MOST_COMMANDS = 200;

    private static final long SECOND = 1_000_000_000L;

    private final Labs labs;

    /** The later it came, the higher. */
    private final long number;

    private final String lab;
    private final @Nullable InetAddress client;
    private final Outlet outlet;
    private final Executor executor;
    private final Mailbox mailbox = new Mailbox();
    private final LongSupplier micros = micros();

    private final Map<Integer, ObservedConnection> observed = new ConcurrentHashMap<>();
    private final Orders orders = new Orders(this::answer);

    /** A report is being sent, or somebody is about to look whether there is one. */
    private final AtomicBoolean sending = new AtomicBoolean();

    /** The partner plays for this page. */
    private final AtomicBoolean playing = new AtomicBoolean();

    private volatile boolean left;

    /** The second that is counted in, and the commands in it; touched by the watcher's own callbacks only. */
    private long secondBegan = System.nanoTime();

    private int commands;

    Watcher(Labs labs, long number, String lab, @Nullable InetAddress client, Outlet outlet, Executor executor) {
        this.labs = labs;
        this.number = number;
        this.lab = lab;
        this.client = client;
        this.outlet = outlet;
        this.executor = executor;
    }

    /** By the clock that never goes back, set once by the one that may. */
    private static LongSupplier micros() {
        long nanos = System.nanoTime();
        long now = System.currentTimeMillis() * 1000;
        return () -> now + (System.nanoTime() - nanos) / 1000;
    }

    String lab() {
        return lab;
    }

    long number() {
        return number;
    }

    boolean hasLeft() {
        return left;
    }

    /** {@return as its page was counted; null when it was not} */
    @Nullable InetAddress client() {
        return client;
    }

    /** {@return the observation of a new connection, or null when there are enough or the number is taken} */
    @Nullable Observation observe(int connection, boolean secure, boolean partner) {
        if (left) {
            return null;
        }
        if (observed.size() >= MOST_CONNECTIONS) {
            if (!partner) {
                // Who waits for its frames must hear that none will come.
                tell(new Event.Lost(connection, 0));
            }
            return null;
        }
        ObservedConnection one = new ObservedConnection(connection, secure, partner, this, labs, micros);
        if (observed.putIfAbsent(connection, one) != null) {
            return null;
        }
        // Who has left meanwhile may have looked before it was there.
        return left && observed.remove(connection, one) ? null : one;
    }

    /** The observed connection can be sent frames, and its session is about to open. */
    void reachable(ObservedConnection connection, int number, Predicate<List<ByteBuffer>> sender) {
        if (!left) {
            orders.reachable(number, sender);
            if (observed.get(number) != connection) {
                // It went meanwhile.
                orders.gone(number);
            }
        }
    }

    void opened(int number) {
        orders.opened(number);
    }

    void gone(ObservedConnection connection, int number) {
        if (observed.remove(number, connection)) {
            orders.gone(number);
        }
    }

    void joins(int connection, Peer peer) {
        if (!left) {
            orders.joins(connection, peer);
        }
    }

    void leaves(int connection, Peer peer) {
        orders.leaves(connection, peer);
    }

    /** Puts an event into the mailbox. */
    void tell(Event event) {
        mailbox.add(event);
        send();
    }

    void answerWatching(About server) {
        answer(new Report.Watching(server));
    }

    private void answer(Report report) {
        if (!mailbox.add(report)) {
            outlet.tooSlow();
        }
        send();
    }

    private void send() {
        if (!left && sending.compareAndSet(false, true)) {
            try {
                executor.execute(this::sendNext);
            } catch (RejectedExecutionException stopping) {
                // The server stops, and every page is about to hear that. No more than this here, where a connection's
                // monitor may be held: two connections would wait for one another's.
                left = true;
            } catch (RuntimeException | Error e) {
                // No memory for a thread, say: the next report may find some.
                sending.set(false);
                throw e;
            }
        }
    }

    private void sendNext() {
        Report next = mailbox.next();
        if (next != null) {
            send(next);
            return;
        }
        sending.set(false);
        if (mailbox.hasNext()) {
            send();
        }
    }

    private void send(Report next) {
        try {
            outlet.send(next, () -> {
                sending.set(false);
                send();
            });
        } catch (RuntimeException | Error e) {
            // Whether it was sent nobody knows, and nothing can be sent before its end.
            giveWay(1011, "the inspector failed");
            throw e;
        }
    }

    /**
     * Obeys, and reports; called for one command after another.
     *
     * @param order what is asked for
     */
    public void obey(Command.Order order) {
        if (isTooFast()) {
            answer(tooFast(order));
        } else if (order instanceof Command.Raw raw) {
            Report.Problem problem = play(raw);
            if (problem != null) {
                answer(problem);
            }
        } else {
            orders.obey(order);
        }
    }

    /**
     * Reports that something was not understood.
     *
     * @param problem the answer
     */
    public void misunderstood(Report.Problem problem) {
        answer(problem);
    }

    private boolean isTooFast() {
        long now = System.nanoTime();
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            commands = 0;
        }
        return ++commands > MOST_COMMANDS;
    }

    private static Report.Problem tooFast(Command.Order order) {
        return new Report.Problem(
                order.id(), "too-fast", "at most " + MOST_COMMANDS + " commands in a second", "one more");
    }

    /** {@return why the partner does not play; when it does, the answer comes when it has played} */
    private Report.@Nullable Problem play(Command.Raw raw) {
        Partner partner = labs.partner();
        if (partner == null) {
            return new Report.Problem(raw.id(), "not-here", "a server that has a partner", "none");
        }
        String expected = partner.wrongWith(raw);
        if (expected != null) {
            return new Report.Problem(raw.id(), "wrong-value", expected, "something else");
        }
        if (!playing.compareAndSet(false, true)) {
            return new Report.Problem(raw.id(), "busy", "one raw at a time", "one under way");
        }
        String problem = "a partner that does not fail";
        try {
            problem = play(raw, partner);
        } finally {
            if (problem != null) {
                playing.set(false);
            }
        }
        return problem == null ? null : new Report.Problem(raw.id(), "busy", problem, "none");
    }

    /** {@return what would have been needed, or null} */
    private @Nullable String play(Command.Raw raw, Partner partner) {
        if (!labs.mayPlay(client)) {
            return "fewer partners at work for your address; try again";
        }
        boolean plays = false;
        Observation observation = null;
        try {
            observation = observe(raw.connection(), false, true);
            if (observation == null) {
                return "a number that is free, and fewer than " + MOST_CONNECTIONS + " connections";
            }
            plays = partner.play(raw, observation, failure -> played(raw, failure));
            return plays ? null : "fewer partners at work; try again";
        } finally {
            if (!plays) {
                observed.values().remove(observation);
                labs.played(client);
            }
        }
    }

    private void played(Command.Raw raw, @Nullable String failure) {
        playing.set(false);
        labs.played(client);
        answer(
                failure == null
                        ? new Report.Done(raw.id())
                        : new Report.Problem(raw.id(), "not-connected", failure, "nothing"));
    }

    /** Another watcher takes this one's place. */
    void giveWay(int code, String reason) {
        leave();
        outlet.end(code, reason);
    }

    /** The page is gone: its connections are not watched any more, and what they hold for that is free. */
    public void leave() {
        left = true;
        labs.left(this);
        mailbox.close();
        for (ObservedConnection one : observed.values()) {
            one.stop();
        }
        observed.clear();
        orders.end();
    }
}
