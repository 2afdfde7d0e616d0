package dev.wscratch.cli;

import dev.wscratch.check.Outcome;
import dev.wscratch.check.Stage;
import dev.wscratch.check.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a check has come, on stderr: one redrawn line on a terminal, a line for each stage elsewhere. */
final class CheckProgress {
    private final Streams streams;
    private final int all;
    private final StatusLine status;
    private int played;
    private int failed;
    private int playedOfStage;
    private int failedOfStage;
    private @Nullable Stage stage;

    CheckProgress(Streams streams, int all) {
        this.streams = streams;
        this.all = all;
        status = new StatusLine(streams);
    }

    void heard(Outcome outcome) {
        if (stage != outcome.stage()) {
            endStage();
            stage = outcome.stage();
            playedOfStage = 0;
            failedOfStage = 0;
        }
        played++;
        playedOfStage++;
        if (outcome.verdict() == Verdict.FAIL) {
            failed++;
            failedOfStage++;
        }
        status.show(String.format(
                Locale.ROOT, "%d/%d  failed %d  %s %s", played, all, failed, outcome.id(), outcome.title()));
    }

    private void endStage() {
        Stage ended = stage;
        if (ended != null && !status.redraws()) {
            streams.say(String.format(
                    Locale.ROOT,
                    "stage %d of %d  %-12s %d %s, %d failed",
                    ended.number(),
                    Stage.values().length,
                    ended.label(),
                    playedOfStage,
                    playedOfStage == 1 ? "case" : "cases",
                    failedOfStage));
        }
    }

    void end() {
        endStage();
        status.clear();
    }
}
