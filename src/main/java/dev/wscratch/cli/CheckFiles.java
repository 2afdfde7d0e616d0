package dev.wscratch.cli;

import dev.wscratch.check.HtmlReport;
import dev.wscratch.check.JunitReport;
import dev.wscratch.check.Outcome;
import dev.wscratch.check.Report;
import dev.wscratch.check.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reports of {@code check} for programs and browsers. */
final class CheckFiles {
    private CheckFiles() {}

    /**
     * Writes what was asked for.
     *
     * @param junit a path, or null for no such file
     * @param html the same
     * @throws UsageException when a file cannot be written
     */
    static void write(Report report, @Nullable String junit, @Nullable String html) {
        if (junit != null) {
            write(new Value("--junit", junit), JunitReport.xml(report));
        }
        if (html != null) {
            write(new Value("--html", html), HtmlReport.page(report));
        }
    }

    private static void write(Value file, String text) {
        Path path = file.path();
        try {
            Files.writeString(path, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw file.wrong("a file that can be written (" + Printable.of(String.valueOf(e)) + ")");
        }
    }

    /** {@return one JSON object: the target, counts by verdict, and the cases} */
    static String json(Report report) {
        JsonLine target = new JsonLine().add("target", report.target());
        StringBuilder json = new StringBuilder(open(target)).append(",\"schemaVersion\":1");
        for (Verdict verdict : Verdict.values()) {
            json.append(",\"").append(verdict.label()).append("\":").append(report.count(verdict));
        }
        String cases = report.outcomes().stream().map(CheckFiles::json).collect(Collectors.joining(",\n "));
        return json.append(",\"cases\":[\n ").append(cases).append("\n]}").toString();
    }

    /** Without its last brace, so that more can follow. */
    private static String open(JsonLine line) {
        String text = line.toString();
        return text.substring(0, text.length() - 1);
    }

    private static String json(Outcome one) {
        JsonLine line = new JsonLine()
                .add("id", one.id())
                .add("name", one.name())
                .add("stage", one.stage().name().toLowerCase(Locale.ROOT))
                .add("title", one.title())
                .add("section", one.section())
                .add("verdict", one.verdict().label())
                .add("sent", one.sent())
                .add("wanted", one.wanted())
                .add("got", one.got())
                .add("why", one.why());
        line.addNumberOrText("millis", Long.toString(one.millis()));
        return line.toString();
    }
}
