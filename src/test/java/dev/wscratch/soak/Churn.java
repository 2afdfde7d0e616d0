package dev.wscratch.soak;

import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Connections that come and go: each opens, echoes once and ends in one of several ways. Some are abandoned: nothing is
 * read or sent any more, and the server must end them by itself.
 */
final class Churn implements Activity {
    /** By time, so that a busy machine does not change how many there are. */
    private static final long ABANDON_EVERY_NANOS = 1_000_000_000L;

    private static final int MOST_ABANDONED = 100;

    private final List<Door> doors;
    private final Tally tally;
    private final long goneAfterNanos;
    private final Random random = new Random(41);
    private final Message message = Message.text(200);
    private final Deque<Abandoned> abandoned = new ArrayDeque<>();
    private long steps;

    /** By {@link System#nanoTime}. */
    private long lastAbandoned = System.nanoTime();

    private record Abandoned(Echoing connection, long since) {}

    /**
     * Not started.
     *
     * @param goneAfter in which the server notices that nobody is there any more
     */
    Churn(List<Door> doors, Tally tally, Duration goneAfter) {
        this.doors = doors;
        this.tally = tally;
        this.goneAfterNanos = goneAfter.toNanos();
    }

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public long pauseMillis() {
        return 20;
    }

    @Override
    public void step() throws IOException {
        steps++;
        Door door = doors.get((int) (steps % doors.size()));
        if (steps % 10 == 0) {
            page(door);
            return;
        }
        Echoing connection = steps % 3 == 0 ? Echoing.compressed(door) : Echoing.plain(door);
        tally.count("connections", 1);
        long now = System.nanoTime();
        if (now - lastAbandoned > ABANDON_EVERY_NANOS && abandoned.size() < MOST_ABANDONED) {
            lastAbandoned = now;
            abandoned.add(new Abandoned(connection, now));
        } else {
            echoAndEnd(connection);
        }
        lookAtTheOldest();
    }

    private void echoAndEnd(Echoing connection) throws IOException {
        try (connection) {
            connection.send(message, 1);
            switch (random.nextInt(5)) {
                case 0 -> connection.peer().reset(); // With the echo on its way.
                case 1 -> {
                    connection.expect(message);
                    connection.peer().reset();
                }
                case 2 -> connection.expect(message); // FIN without a Close frame.
                default -> {
                    connection.expect(message);
                    connection.shake();
                }
            }
            tally.count("messages", 1);
        }
    }

    private void page(Door door) throws IOException {
        try (RawPeer peer = door.connect()) {
            peer.send("GET /health HTTP/1.1\r\nHost: localhost:" + door.port() + "\r\n\r\n");
            String answer = peer.readResponse();
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("expected 200 for /health, got: " + answer);
            }
            tally.count("requests", 1);
        }
    }

    private void lookAtTheOldest() throws IOException {
        Abandoned oldest = abandoned.peek();
        if (oldest == null || System.nanoTime() - oldest.since < goneAfterNanos) {
            return;
        }
        abandoned.remove();
        try (Echoing connection = oldest.connection) {
            connection.peer().socket().setSoTimeout(1_000);
            // What came before the end are the Pings that nobody answered.
            connection.peer().endsEventually();
            tally.count("abandoned", 1);
        }
    }

    @Override
    public void end() throws IOException {
        for (Abandoned one : abandoned) {
            one.connection.close();
        }
        abandoned.clear();
    }
}
