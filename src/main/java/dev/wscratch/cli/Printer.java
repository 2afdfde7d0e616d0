package dev.wscratch.cli;

import dev.wscratch.client.CloseEvent;
import dev.wscratch.client.ErrorEvent;
import dev.wscratch.client.FrameTap.PassingFrame;
import dev.wscratch.client.WebSocket;
import dev.wscratch.message.IndentedJson;
import dev.wscratch.wire.FrameExplainer;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@code connect} writes: messages or JSON events as data, all else to people. Safe for any thread. */
final class Printer {
    /** What stands before each message. */
    enum Times {
        OFF,
        RELATIVE,
        ISO
    }

    /** How much is said of frames; each level has the ones before. */
    enum Detail {
        NOTHING,
        CONTROL,
        HEADERS,
        BYTES
    }

    /**
     * What was asked for.
     *
     * @param json events instead of messages
     * @param pretty whether messages that are JSON are indented
     * @param times what stands before each message
     * @param detail how much is said of handshakes and frames
     * @param quiet whether to say errors only
     * @param out colours of what is data
     * @param err colours of what is for people
     */
    record Settings(
            boolean json, boolean pretty, Times times, Detail detail, boolean quiet, Colours out, Colours err) {}

    private final Settings settings;
    private final Payloads payloads;
    private final Streams streams;

    /** Of a session; null in a filter. */
    private final @Nullable Transcript transcript;

    private final long begun = System.nanoTime();
    private volatile Detail detail;

    /** The message that a continuation continues, in each direction; guarded by this. */
    private @Nullable Opcode sending;

    private @Nullable Opcode receiving;

    /** When the last message was sent that nothing was received after, or 0; guarded by this. */
    private long unanswered;

    Printer(Settings settings, Payloads payloads, Streams streams, @Nullable Transcript transcript) {
        this.settings = settings;
        this.payloads = payloads;
        this.streams = streams;
        this.transcript = transcript;
        this.detail = settings.detail();
    }

    /** Of what is for people. */
    Colours colours() {
        return settings.err();
    }

    boolean watchesFrames() {
        return detail != Detail.NOTHING;
    }

    /** Explains each frame from now on, or says of them what was asked for at the start. */
    void watchFrames(boolean bytes) {
        Detail usual = settings.detail() == Detail.BYTES ? Detail.NOTHING : settings.detail();
        detail = bytes ? Detail.BYTES : usual;
    }

    void opened(WebSocket socket, String hint) {
        String protocol = socket.protocol();
        String extensions = socket.extensions();
        inform("connected  " + Printable.of(socket.url()) + "  101  ("
                + (protocol.isEmpty() ? "no subprotocol" : "subprotocol " + Printable.of(protocol)) + ", "
                + (extensions.isEmpty() ? "no extensions" : Printable.of(extensions)) + ")" + hint);
        event(ConnectEvents.opened(socket));
    }

    /** Takes note of a message that a person sends. */
    synchronized void sent(Object data) {
        unanswered = System.nanoTime();
        if (transcript != null) {
            transcript.add(ConnectEvents.message("sent", data));
        }
    }

    /**
     * Prints a message.
     *
     * @param data a {@code String} or {@code byte[]}
     * @return whether somebody still reads what is printed
     */
    synchronized boolean message(Object data) {
        event(() -> ConnectEvents.message("message", data));
        if (!settings.json()) {
            String end = transcript == null ? String.valueOf(payloads.end()) : "\n";
            streams.out().print(mark(time() + text(data)) + end);
            streams.out().flush();
        }
        return !streams.out().checkError();
    }

    /** In a session a message is told from what is typed, and has the time since what was sent before it. */
    private String mark(String text) {
        if (transcript == null) {
            return text;
        }
        String time =
                unanswered == 0 ? "" : String.format(Locale.ROOT, "   %.1f ms", (System.nanoTime() - unanswered) / 1e6);
        unanswered = 0;
        return settings.out().received("< ")
                + text.replace("\n", "\n  ")
                + settings.out().dim(time);
    }

    private String text(Object data) {
        if (data instanceof byte[] bytes) {
            return payloads.shown(bytes);
        }
        String text = (String) data;
        String indented = settings.pretty() ? IndentedJson.of(text) : text;
        if (!streams.outIsTerminal()) {
            return indented;
        }
        // The line breaks of our own indentation stay, those of a peer that sent no JSON do not.
        return indented.equals(text)
                ? Printable.of(text)
                : String.join("\n", indented.lines().map(Printable::of).toList());
    }

    private String time() {
        return switch (settings.times()) {
            case OFF -> "";
            case RELATIVE -> String.format(Locale.ROOT, "+%.3f ", seconds());
            case ISO -> ConnectEvents.now() + " ";
        };
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** The head of a handshake as it passes, without its secrets. */
    synchronized void head(boolean sent, List<String> lines) {
        if (settings.json()) {
            event(ConnectEvents.head(sent, lines));
        } else {
            lines.forEach(line -> streams.say(marked(sent, line)));
        }
    }

    /** A line of what goes to the server or comes from there. */
    String marked(boolean sent, String line) {
        return sent ? settings.err().sent("> ") + line : settings.err().received("< ") + line;
    }

    /** A frame as it passes. Writing may block the client's reading for as long as nobody reads ours, which is right. */
    synchronized void frame(PassingFrame frame) {
        Opcode opcode = frame.header().opcode();
        if (detail == Detail.CONTROL && !opcode.isControl()) {
            return;
        }
        if (opcode.startsMessage()) {
            if (frame.sent()) {
                sending = opcode;
            } else {
                receiving = opcode;
            }
        }
        if (settings.json()) {
            event(ConnectEvents.frame(frame));
            return;
        }
        String explained = detail == Detail.BYTES ? "\n" + bytes(frame) : "";
        streams.say(time() + marked(frame.sent(), FrameText.header(frame.header())) + explained);
    }

    private String bytes(PassingFrame frame) {
        if (frame.payload().remaining() > ConnectEvents.MOST_BYTES) {
            return "  (more than " + ConnectEvents.MOST_BYTES + " bytes: not explained)";
        }
        ByteBuffer raw = FrameSerialiser.frame(frame.header(), frame.payload());
        return FrameText.explained(raw, FrameExplainer.explain(raw, frame.sent() ? sending : receiving));
    }

    void away(CloseEvent close, @Nullable ErrorEvent error, Duration delay) {
        String why = error == null ? "closed " + reason(close) : error.step() + ": " + Printable.of(error.message());
        inform(String.format(Locale.ROOT, "%s   again in %.1f s", why, delay.toMillis() / 1e3));
        event(ConnectEvents.away(close, error, delay));
    }

    private static String reason(CloseEvent close) {
        return close.code() + (close.reason().isEmpty() ? "" : " \"" + Printable.of(close.reason()) + "\"");
    }

    /**
     * The connection has ended in order.
     *
     * @param byUs whether it was us who began to close
     * @param seconds since it was dialled
     * @param more to be put behind
     */
    void closed(CloseEvent close, boolean byUs, double seconds, long sent, int received, String more) {
        String who = byUs ? " by us" : " by the server";
        inform("closed " + close.code() + who
                + (close.reason().isEmpty() ? "" : ": \"" + Printable.of(close.reason()) + "\"")
                + String.format(Locale.ROOT, "   %.1f s, %d sent, %d received", seconds, sent, received) + more);
        event(ConnectEvents.closed(close, received));
    }

    void failed(ErrorEvent failure, String advice) {
        streams.say(settings.err().wrong("wscratch connect:") + " " + FailureText.of(failure, advice));
        event(ConnectEvents.failed(failure));
    }

    private void event(JsonLine line) {
        event(() -> line);
    }

    private synchronized void event(Supplier<JsonLine> line) {
        if (settings.json()) {
            streams.out().println(line.get());
            streams.out().flush();
        } else if (transcript != null) {
            transcript.add(line.get());
        }
    }

    private void inform(String line) {
        if (!settings.quiet()) {
            streams.say(settings.err().dim(line));
        }
    }
}
