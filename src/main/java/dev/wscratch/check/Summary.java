package dev.wscratch.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A report for a person: counts for each stage, what went wrong, and what to do next. */
public final class Summary {
    /** Cases told one by one: with more, the details are read as JSON or HTML, or case by case. */
    private static final int MOST_DETAILS = 20;

    private Summary() {}

    /** {@return lines without control characters} */
    public static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.target());
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%-16s %6s %6s %6s %10s %8s", "stage", "pass", "strict", "fail", "undefined", "skipped"));
        for (Stage stage : Stage.values()) {
            if (!report.of(stage).isEmpty()) {
                lines.add(counts(stage.number() + " " + stage.label(), report, stage));
            }
        }
        lines.add(String.format(
                Locale.ROOT,
                "%-16s %6d %6d %6d %10d %8d",
                report.outcomes().size() + " cases",
                report.count(Verdict.PASS),
                report.count(Verdict.STRICT_FAIL),
                report.count(Verdict.FAIL),
                report.count(Verdict.UNDEFINED),
                report.count(Verdict.SKIPPED)));
        details(report, lines);
        next(report, lines);
        return lines;
    }

    /**
     * For who builds a server, of a run that ended with the first failure.
     *
     * @param all how many cases there are
     * @return lines without control characters
     */
    public static List<String> lesson(Report report, int all) {
        List<String> lines = new ArrayList<>();
        List<Outcome> failed = report.with(Verdict.FAIL);
        if (failed.isEmpty()) {
            boolean whole = all == Selection.all().size();
            lines.add(
                    whole
                            ? "All " + all
                                    + " cases are through: this server speaks WebSocket. What it could do better:"
                                    + " wscratch check " + report.target()
                            : "All " + all + " chosen cases are through. Next, all there are: wscratch check --learn "
                                    + report.target());
            skips(report, lines);
            return lines;
        }
        Outcome first = failed.get(0);
        lines.add((report.outcomes().size() - 1) + " of " + all + " cases are through. This one is not:");
        detail(first, lines);
        Stage stage = first.stage();
        lines.add("");
        lines.add("Stage " + stage.number() + " of " + Stage.values().length + ", " + stage.label() + ": "
                + stage.advice());
        lines.add("Then again: the same command.");
        return lines;
    }

    private static String counts(String label, Report report, Stage stage) {
        return String.format(
                Locale.ROOT,
                "%-16s %6d %6d %6d %10d %8d",
                label,
                report.count(stage, Verdict.PASS),
                report.count(stage, Verdict.STRICT_FAIL),
                report.count(stage, Verdict.FAIL),
                report.count(stage, Verdict.UNDEFINED),
                report.count(stage, Verdict.SKIPPED));
    }

    private static void details(Report report, List<String> lines) {
        boolean few = report.outcomes().size() <= 3;
        List<Outcome> told = few
                ? report.outcomes()
                : Stream.of(Verdict.FAIL, Verdict.STRICT_FAIL, Verdict.UNDEFINED)
                        .flatMap(verdict -> report.with(verdict).stream())
                        .toList();
        told.stream().limit(MOST_DETAILS).forEach(one -> detail(one, lines));
        if (told.size() > MOST_DETAILS) {
            lines.add("");
            lines.add("… and " + (told.size() - MOST_DETAILS) + " more: --html FILE or -o json tells all");
        }
        skips(report, lines);
    }

    private static void detail(Outcome one, List<String> lines) {
        lines.add("");
        lines.add(one.verdict().label() + "  " + one.id() + "  " + one.title() + "  (" + one.section() + ")");
        if (!one.sent().isEmpty()) {
            lines.add("  sent    " + one.sent());
        }
        lines.add("  wanted  " + one.wanted());
        lines.add("  got     " + one.got());
        if (!one.why().isEmpty()) {
            lines.add("  why     " + one.why());
        }
    }

    private static void skips(Report report, List<String> lines) {
        List<Outcome> skipped = report.with(Verdict.SKIPPED);
        skipped.stream().map(Outcome::why).distinct().forEach(why -> {
            long count = skipped.stream().filter(one -> one.why().equals(why)).count();
            lines.add("");
            lines.add("skipped  " + count + (count == 1 ? " case: " : " cases: ") + why);
        });
    }

    /** What a person who builds a server does first. */
    private static void next(Report report, List<String> lines) {
        report.with(Verdict.FAIL).stream()
                .min(Comparator.comparing(Outcome::stage))
                .ifPresent(first -> {
                    Stage stage = first.stage();
                    lines.add("");
                    lines.add("Stage " + stage.number() + " of " + Stage.values().length + ", " + stage.label() + ": "
                            + stage.advice());
                    if (report.target().startsWith("ws")) {
                        lines.add("Next: wscratch check --case " + first.id() + " " + report.target());
                    }
                });
    }
}
