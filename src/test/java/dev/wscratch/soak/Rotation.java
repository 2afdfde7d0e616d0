package dev.wscratch.soak;

import dev.wscratch.fault.Attacks.Attack;
import dev.wscratch.fault.Attacks.Victim;
import java.io.IOException;
import java.util.List;

/** Attacks, one after the other, over and over. */
final class Rotation implements Activity {
    private final String name;
    private final List<Attack> attacks;
    private final Victim victim;
    private final Tally tally;
    private final long pauseMillis;
    private final boolean pausesForSamples;
    private int next;

    /**
     * Not started.
     *
     * @param pausesForSamples unless an attack may last for seconds
     */
    Rotation(
            String name, List<Attack> attacks, Victim victim, Tally tally, long pauseMillis, boolean pausesForSamples) {
        this.name = name;
        this.attacks = attacks;
        this.victim = victim;
        this.tally = tally;
        this.pauseMillis = pauseMillis;
        this.pausesForSamples = pausesForSamples;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long pauseMillis() {
        return pauseMillis;
    }

    @Override
    public boolean pausesForSamples() {
        return pausesForSamples;
    }

    @Override
    public void step() throws IOException {
        Attack attack = attacks.get(next);
        next = (next + 1) % attacks.size();
        try {
            attack.deed().run(victim);
            tally.count("attacks", 1);
        } catch (IOException | AssertionError e) {
            throw new IOException(attack.name() + ": " + e, e);
        }
    }

    @Override
    public void end() {
        // An attack leaves nothing open.
    }
}
