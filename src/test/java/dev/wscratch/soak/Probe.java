package dev.wscratch.soak;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** A well-behaved neighbour: a small echo every 20 ms on one connection, and how long each took. */
final class Probe implements Activity {
    private final Door door;
    private final Tally tally;
    private final BooleanSupplier collecting;
    private final Latencies usual = new Latencies();
    private final Latencies whileCollecting = new Latencies();
    private final Message message = Message.text(64);
    private Echoing connection;

    /**
     * Not started.
     *
     * @param collecting whether the server is being made to collect garbage, which stops it for a moment
     */
    Probe(Door door, Tally tally, BooleanSupplier collecting) {
        this.door = door;
        this.tally = tally;
        this.collecting = collecting;
    }

    @Override
    public String name() {
        return "probe " + door.name();
    }

    @Override
    public long pauseMillis() {
        return 20;
    }

    @Override
    public boolean pausesForSamples() {
        return false;
    }

    @Override
    public void step() throws IOException {
        if (connection == null) {
            connection = Echoing.plain(door);
        }
        boolean forced = collecting.getAsBoolean();
        long start = System.nanoTime();
        try {
            connection.send(message, 1);
            connection.expect(message);
        } catch (IOException | RuntimeException e) {
            end();
            throw e;
        }
        long took = System.nanoTime() - start;
        (forced || collecting.getAsBoolean() ? whileCollecting : usual).add(took);
        tally.count("probes", 1);
    }

    /** What was before does not count. */
    void forget() {
        usual.clear();
        whileCollecting.clear();
    }

    Latencies usual() {
        return usual;
    }

    Latencies whileCollecting() {
        return whileCollecting;
    }

    @Override
    public void end() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
