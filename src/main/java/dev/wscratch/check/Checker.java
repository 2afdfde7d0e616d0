package dev.wscratch.check;

import dev.wscratch.transport.Dialer;
import dev.wscratch.wire.PeerText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Checks an echo server: one connection for each case, one after the other. */
public final class Checker {
    private static final Duration DIAL_DEADLINE = Duration.ofSeconds(5);

    private static final String GONE = "the server no longer accepts connections";

    private final Player player;
    private final Server server;

    /**
     * A checker of one server.
     *
     * @param server that echoes text as text and binary as binary
     * @param tls whom to trust if it is secure; null for whom the JVM trusts
     * @param timeout how long to wait for what should come
     */
    public Checker(Server server, @Nullable SSLContext tls, Duration timeout) {
        this.server = server;
        SSLContext trust = server.secure() ? (tls == null ? usual() : tls) : null;
        player = new Player(server, new Dialer(server.address(), server.port(), trust, DIAL_DEADLINE), timeout);
    }

    private static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected the JVM to have TLS", e);
        }
    }

    /**
     * Plays the cases of a selection, stage by stage.
     *
     * @param selection which cases
     * @param heard each outcome, as soon as it is there, on the calling thread
     * @return all outcomes
     * @throws CannotConnectException when there is no connection for the first case; one that is refused later fails
     * @throws InterruptedException when the thread is interrupted
     */
    public Report run(Selection selection, Consumer<Outcome> heard)
            throws CannotConnectException, InterruptedException {
        return run(selection, heard, outcome -> false);
    }

    /** The same up to the first outcome that is {@code enough}. */
    public Report run(Selection selection, Consumer<Outcome> heard, Predicate<Outcome> enough)
            throws CannotConnectException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Case chosen : selection.cases()) {
            Outcome outcome = next(chosen, outcomes);
            outcomes.add(outcome);
            heard.accept(outcome);
            if (enough.test(outcome)) {
                break;
            }
        }
        return new Report(server.toString(), outcomes);
    }

    /** Only the first connection tells whether there is a server at all; one that is gone later has failed. */
    private Outcome next(Case chosen, List<Outcome> before) throws CannotConnectException, InterruptedException {
        long begun = System.nanoTime();
        if (!before.isEmpty() && before.get(before.size() - 1).why().startsWith(GONE)) {
            return Player.outcome(chosen, new Finding(Verdict.SKIPPED, "", GONE), "", begun);
        }
        try {
            return player.play(chosen);
        } catch (CannotConnectException e) {
            if (before.isEmpty()) {
                throw e;
            }
            String got = "no connection: " + PeerText.escape(String.valueOf(e.getMessage()), 200);
            String last = before.get(before.size() - 1).id();
            return Player.outcome(chosen, Finding.fail(got, GONE + "; the last case was " + last), "", begun);
        }
    }

    /** {@return the ids of the cases of a stage, in order} */
    public static Set<String> ids(Stage stage) {
        Set<String> ids = new java.util.LinkedHashSet<>();
        Catalogue.of(stage).forEach(one -> ids.add(one.id()));
        return ids;
    }
}
