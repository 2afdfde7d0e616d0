package dev.wscratch.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a {@link Crew} has measured.
 *
 * @param report of the messages of all threads
 * @param connectMicros of the connections, in microseconds
 * @param seconds one after the other; the last one is shorter
 * @param errors what went wrong
 * @param unanswered messages that nobody waited for any longer
 */
public record Measured(
        LoadGenerator.Report report, Histogram connectMicros, List<Second> seconds, Errors errors, long unanswered) {
    /** Copies the seconds. */
    public Measured {
        seconds = List.copyOf(seconds);
    }
}
