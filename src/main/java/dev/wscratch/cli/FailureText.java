package dev.wscratch.cli;

import dev.wscratch.client.ErrorEvent;
import dev.wscratch.wire.Diagnosis;
import dev.wscratch.wire.HeaderField;
import java.util.List;
import java.util.Locale;

/** Why a connection failed, in lines for people. */
final class FailureText {
    /** Headers that tell why a server refuses, or what it would take instead. */
    private static final List<String> TELLING = List.of(
            "www-authenticate",
            "proxy-authenticate",
            "location",
            "retry-after",
            "allow",
            "upgrade",
            "sec-websocket-version",
            "content-type",
            "server",
            "via");

    private static final int MOST = 300;

    private FailureText() {}

    /**
     * What failed at which step, what the server said, the likely cause, and what to try.
     *
     * @param advice what to try beyond the general advice, or empty
     */
    static String of(ErrorEvent failure, String advice) {
        boolean refused = failure.status() != 0;
        StringBuilder text = new StringBuilder(
                        refused ? "refused" : failure.step().toString())
                .append(": ")
                .append(Printable.of(failure.message()))
                .append(advice);
        if (refused) {
            for (HeaderField header : failure.headers().all()) {
                if (TELLING.contains(header.name().toLowerCase(Locale.ROOT))) {
                    line(text, Printable.of(header.name()) + ": " + OneLine.of(header.value(), MOST));
                }
            }
            if (!failure.body().isBlank()) {
                line(text, "body: " + OneLine.of(failure.body().strip(), MOST));
            }
        }
        Diagnosis diagnosis = failure.diagnosis();
        if (diagnosis != null) {
            line(text, "likely: " + diagnosis.cause());
            line(text, "try: " + diagnosis.advice());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(System.lineSeparator()).append("  ").append(line);
    }
}
