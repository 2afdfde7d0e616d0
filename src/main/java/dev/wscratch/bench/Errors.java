package dev.wscratch.bench;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/** What went wrong, by step and in words; shared by the threads of a run, guarded by itself. */
public final class Errors {
    /** Where a connection ended. */
    public enum Step {
        /** TCP, or an answer that did not come in time. */
        CONNECT("connect"),
        TLS("tls"),
        /** Another answer than a right 101. */
        HANDSHAKE("handshake"),
        /** A reply that is not the echo. */
        REPLY("reply"),
        /** No reply for the patience. */
        LOST("lost"),
        /** The server ended it, by a Close frame or without one. */
        CONNECTION("connection");

        private final String label;

        Step(String label) {
            this.label = label;
        }

        /** {@return one word in small letters} */
        public String label() {
            return label;
        }
    }

    /**
     * Connections that ended alike.
     *
     * @param message of the first of them
     * @param connections how many
     */
    public record Entry(Step step, String message, long connections) {}

    /** Different messages that are kept of each step; peers choose some of them. */
    private static final int MOST_MESSAGES = 10;

    private final Map<Step, Map<String, Long>> counts = new EnumMap<>(Step.class);
    private long lost;

    /** None yet. */
    public Errors() {}

    /** While a connection was opened. */
    void opening(IOException e) {
        Step step =
                e instanceof RefusedException ? Step.HANDSHAKE : e instanceof SSLException ? Step.TLS : Step.CONNECT;
        add(step, e, 0);
    }

    /**
     * While it was open.
     *
     * @param closed whether the server sent a Close frame
     * @param unanswered how many messages
     */
    void running(IOException e, boolean closed, int unanswered) {
        Step step = e instanceof WrongReplyException
                ? Step.REPLY
                : e instanceof SocketTimeoutException ? Step.LOST : Step.CONNECTION;
        add(closed ? Step.CONNECTION : step, e, unanswered);
    }

    private synchronized void add(Step step, IOException e, int unanswered) {
        Map<String, Long> messages = counts.computeIfAbsent(step, unused -> new LinkedHashMap<>());
        String message = String.valueOf(e.getMessage());
        boolean known = messages.containsKey(message) || messages.size() < MOST_MESSAGES;
        messages.merge(known ? message : "and others", 1L, Long::sum);
        lost += unanswered;
    }

    /** {@return connections that ended too early, by step and message, in the order of the steps} */
    public synchronized List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        counts.forEach((step, messages) ->
                messages.forEach((message, connections) -> entries.add(new Entry(step, message, connections))));
        return entries;
    }

    /** {@return how many connections ended too early, or did not open} */
    public synchronized long connections() {
        return entries().stream().mapToLong(Entry::connections).sum();
    }

    /** {@return messages that were sent on such connections and not answered} */
    public synchronized long lost() {
        return lost;
    }

    /** {@return connections that ended by a reply that was wrong} */
    public synchronized long wrong() {
        return entries().stream()
                .filter(entry -> entry.step() == Step.REPLY)
                .mapToLong(Entry::connections)
                .sum();
    }
}
