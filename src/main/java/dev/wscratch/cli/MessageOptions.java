package dev.wscratch.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code connect} about what is sent and how it is written. */
final class MessageOptions {
    @Option(
            names = {"-b", "--binary"},
            description = "send binary messages")
    private boolean binary;

    @Option(names = "--hex", description = "binary is hex digits, on stdin, in -x and on stdout; sends binary")
    private boolean hex;

    @Option(names = "--base64", description = "binary is base64, on stdin, in -x and on stdout; sends binary")
    private boolean base64;

    @Option(
            names = {"-0", "--null"},
            description = "messages end with NUL, not newline, on stdin and stdout")
    private boolean nul;

    @Option(names = "--json", description = "one JSON event per line on stdout instead of the messages; see below")
    private boolean json;

    @Option(
            names = "--pretty",
            negatable = true,
            description = "indent messages that are JSON (default: on a terminal)")
    private @Nullable Boolean pretty;

    @Option(
            names = {"-t", "--timestamps"},
            arity = "0..1",
            fallbackValue = "relative",
            preprocessor = AttachedOnly.class,
            paramLabel = "relative|iso",
            description = "put the time before each message: seconds since the start, or the UTC date and time")
    private @Nullable String timestamps;

    @Option(
            names = {"-v", "--verbose"},
            description = "say more on stderr: the handshake (no passwords), control frames; -vv: each frame's header")
    private boolean[] verbose = {};

    @Option(
            names = {"-F", "--frames"},
            description = "explain each frame on stderr, byte by byte")
    private boolean frames;

    @Option(
            names = {"-q", "--quiet"},
            description = "say nothing on stderr but errors")
    private boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto (the default: on a terminal), always or never; NO_COLOR and TERM=dumb are honoured")
    private String color = "auto";

    boolean isQuiet() {
        return quiet;
    }

    /** Whether events are printed, or messages that end with NUL: what programs read. */
    boolean isForPrograms() {
        return json || nul;
    }

    Payloads payloads() {
        if (hex && base64) {
            throw new UsageException("expected --hex or --base64, got both");
        }
        Payloads.Form form = hex ? Payloads.Form.HEX : base64 ? Payloads.Form.BASE64 : Payloads.Form.PLAIN;
        return new Payloads(binary || form != Payloads.Form.PLAIN, form, nul ? '\0' : '\n');
    }

    Printer.Settings printing(Streams streams, Environment environment) {
        // With --json, frames are data, and quiet is about stderr.
        if (quiet && !json && (verbose.length > 0 || frames)) {
            throw new UsageException("expected --quiet, or --verbose or --frames, got both");
        }
        Printer.Times times = timestamps == null
                ? Printer.Times.OFF
                : new Value("--timestamps", timestamps).oneOf("relative", "iso").equals("iso")
                        ? Printer.Times.ISO
                        : Printer.Times.RELATIVE;
        Printer.Detail detail = frames
                ? Printer.Detail.BYTES
                : switch (verbose.length) {
                    case 0 -> Printer.Detail.NOTHING;
                    case 1 -> Printer.Detail.CONTROL;
                    default -> Printer.Detail.HEADERS;
                };
        Value colour = new Value("--color", color);
        return new Printer.Settings(
                json,
                pretty == null ? streams.outIsTerminal() : pretty,
                times,
                detail,
                quiet,
                Colours.of(colour, streams.outIsTerminal(), environment),
                Colours.of(colour, streams.errIsTerminal(), environment));
    }
}
