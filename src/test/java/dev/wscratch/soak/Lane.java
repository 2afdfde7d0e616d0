package dev.wscratch.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The steady load of one kind of connection: bursts of small messages, and now and then a large one. */
final class Lane implements Activity {
    private static final int CONNECTIONS = 8;
    private static final int BURST = 8;
    private static final int[] SMALL = {0, 1, 7, 125, 126, 500, 1_500, 4_096};
    private static final int[] LARGE = {65_535, 65_536, 200_000, 1 << 20};

    /** Of this many steps, one is of large messages. */
    private static final int LARGE_EVERY = 10;

    /** How to open a connection. */
    @FunctionalInterface
    interface Opening {
        Echoing open() throws IOException;
    }

    private final String name;
    private final Opening opening;
    private final Tally tally;
    private final Random random = new Random(40);
    private final List<Message> small = messages(SMALL);
    private final List<Message> large = messages(LARGE);
    private final List<Echoing> connections = new ArrayList<>();
    private long steps;

    Lane(String name, Opening opening, Tally tally) {
        this.name = name;
        this.opening = opening;
        this.tally = tally;
    }

    private List<Message> messages(int... sizes) {
        List<Message> all = new ArrayList<>();
        for (int size : sizes) {
            all.add(Message.text(size));
            all.add(Message.binary(size, random));
        }
        return all;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long pauseMillis() {
        return 100;
    }

    @Override
    public void step() throws IOException {
        while (connections.size() < CONNECTIONS) {
            connections.add(opening.open());
        }
        steps++;
        try {
            if (steps % LARGE_EVERY == 0) {
                Echoing one = connections.get(random.nextInt(CONNECTIONS));
                Message message = large.get(random.nextInt(large.size()));
                one.send(message, 1 + random.nextInt(4));
                one.expect(message);
                tally.count("messages", 1);
            } else {
                burst();
            }
        } catch (IOException | RuntimeException e) {
            end(); // The next step starts anew.
            throw e;
        }
    }

    /** All are sent before any is read, so that several are under way in both directions. */
    private void burst() throws IOException {
        int from = random.nextInt(small.size());
        for (int i = 0; i < BURST; i++) {
            for (Echoing connection : connections) {
                connection.send(small.get((from + i) % small.size()), 1 + (i + (int) steps) % 2);
            }
        }
        for (int i = 0; i < BURST; i++) {
            for (Echoing connection : connections) {
                connection.expect(small.get((from + i) % small.size()));
            }
        }
        tally.count("messages", (long) BURST * CONNECTIONS);
    }

    @Override
    public void end() throws IOException {
        for (Echoing connection : connections) {
            connection.close();
        }
        connections.clear();
    }
}
