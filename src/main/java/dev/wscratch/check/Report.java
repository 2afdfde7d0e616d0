package dev.wscratch.check;

import java.util.List;

/**
 * All that a run has shown.
 *
 * @param target the server's URL, or which client was judged
 * @param outcomes in the order in which the cases were played
 */
public record Report(String target, List<Outcome> outcomes) {
    /** Copies the outcomes. */
    public Report {
        outcomes = List.copyOf(outcomes);
    }

    /** {@return how many outcomes have this verdict} */
    public long count(Verdict verdict) {
        return outcomes.stream().filter(one -> one.verdict() == verdict).count();
    }

    /** {@return how many outcomes of a stage have this verdict} */
    public long count(Stage stage, Verdict verdict) {
        return of(stage).stream().filter(one -> one.verdict() == verdict).count();
    }

    /**
     * Whether too little was played to say that the peer is right: nothing at all, or not what it had no right to refuse.
     *
     * @return false when cases were skipped only because the peer wants no compression, and others were played
     */
    public boolean isIncomplete() {
        List<Outcome> skipped = with(Verdict.SKIPPED);
        return skipped.size() == outcomes.size() || skipped.stream().anyMatch(one -> !Finding.isHarmless(one.why()));
    }

    /** {@return the outcomes of a stage} */
    public List<Outcome> of(Stage stage) {
        return outcomes.stream().filter(one -> one.stage() == stage).toList();
    }

    /** {@return the outcomes with this verdict} */
    public List<Outcome> with(Verdict verdict) {
        return outcomes.stream().filter(one -> one.verdict() == verdict).toList();
    }

    /** {@return how long the cases took together} */
    public long millis() {
        return outcomes.stream().mapToLong(Outcome::millis).sum();
    }
}
