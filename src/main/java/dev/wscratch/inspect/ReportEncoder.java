package dev.wscratch.inspect;

import jakarta.websocket.Encoder;

/** Writes a {@link Report} as text. Named in an endpoint's annotation; safe for use by many threads. */
public final class ReportEncoder implements Encoder.Text<Report> {
    /** Called by the container. */
    public ReportEncoder() {}

    @Override
    public String encode(Report report) {
        return ReportWriter.json(report);
    }
}
