package dev.wscratch.cli;

import dev.wscratch.check.Outcome;
import dev.wscratch.check.Stage;
import dev.wscratch.check.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a check has come, on stderr: one redrawn line on a terminal, a line for each stage elsewhere. */
final class CheckProgress {
    private static final int WIDTH = 78;

    private final Streams streams;
    private final int all;
    private final boolean redraw;
    private int played;
    private int failed;
    private int playedOfStage;
    private int failedOfStage;
    private @Nullable Stage stage;

    CheckProgress(Streams streams, int all) {
        this.streams = streams;
        this.all = all;
        // The launcher script says what stderr is. A terminal that cannot move its cursor (TERM=dumb) gets lines.
        String terminal = System.getenv("TERM");
        redraw = Boolean.getBoolean("wscratch.stderr.terminal") && terminal != null && !terminal.equals("dumb");
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
        if (redraw) {
            String line = String.format(
                    Locale.ROOT, "%d/%d  %s %s  failed %d", played, all, outcome.id(), outcome.title(), failed);
            String cut = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
            streams.err().print("\r" + cut + " ".repeat(WIDTH - cut.length()));
            streams.err().flush();
        }
    }

    private void endStage() {
        Stage ended = stage;
        if (ended != null && !redraw) {
            streams.say(String.format(
                    Locale.ROOT,
                    "stage %d of %d  %-12s %d cases, %d failed",
                    ended.number(),
                    Stage.values().length,
                    ended.label(),
                    playedOfStage,
                    failedOfStage));
        }
    }

    void end() {
        endStage();
        if (redraw) {
            streams.err().print("\r" + " ".repeat(WIDTH) + "\r");
            streams.err().flush();
        }
    }
}
