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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
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

    /** Bytes of a frame that are explained: a terminal is no place for more. */
    private static final int MOST_BYTES = 4_096;

    /**
     * What was asked for.
     *
     * @param json events instead of messages
     * @param pretty whether messages that are JSON are indented
     * @param times what stands before each message
     * @param detail how much is said of frames
     * @param quiet whether to say errors only
     */
    record Settings(boolean json, boolean pretty, Times times, Detail detail, boolean quiet) {}

    private final Settings settings;
    private final Payloads payloads;
    private final Streams streams;
    private final long begun = System.nanoTime();

    /** The message that a continuation continues, in each direction; guarded by this. */
    private @Nullable Opcode sending;

    private @Nullable Opcode receiving;

    Printer(Settings settings, Payloads payloads, Streams streams) {
        this.settings = settings;
        this.payloads = payloads;
        this.streams = streams;
    }

    boolean watchesFrames() {
        return settings.detail() != Detail.NOTHING;
    }

    void opened(WebSocket socket, String hint) {
        String protocol = socket.protocol();
        String extensions = socket.extensions();
        inform("connected  " + Printable.of(socket.url()) + "  101  ("
                + (protocol.isEmpty() ? "no subprotocol" : "subprotocol " + Printable.of(protocol)) + ", "
                + (extensions.isEmpty() ? "no extensions" : Printable.of(extensions)) + ")" + hint);
        event(new JsonLine()
                .add("event", "open")
                .add("time", now())
                .add("url", socket.url())
                .add("protocol", protocol)
                .add("extensions", extensions));
    }

    /**
     * Prints a message.
     *
     * @param data a {@code String} or {@code byte[]}
     * @return whether somebody still reads what is printed
     */
    synchronized boolean message(Object data) {
        if (settings.json()) {
            JsonLine line = new JsonLine().add("event", "message").add("time", now());
            if (data instanceof byte[] bytes) {
                line.add("type", "binary")
                        .add("size", bytes.length)
                        .add("base64", Base64.getEncoder().encodeToString(bytes));
            } else {
                line.add("type", "text").add("data", (String) data);
            }
            event(line);
        } else {
            streams.out().print(time() + text(data) + payloads.end());
            streams.out().flush();
        }
        return !streams.out().checkError();
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
            case RELATIVE -> String.format(Locale.ROOT, "+%.3f ", (System.nanoTime() - begun) / 1e9);
            case ISO -> now() + " ";
        };
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** A frame as it passes. Writing may block the client's reading for as long as nobody reads ours, which is right. */
    synchronized void frame(PassingFrame frame) {
        Opcode opcode = frame.header().opcode();
        if (settings.detail() == Detail.CONTROL && !opcode.isControl()) {
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
            ByteBuffer payload = frame.payload().duplicate();
            byte[] some = new byte[Math.min(payload.remaining(), MOST_BYTES)];
            payload.get(some);
            event(new JsonLine()
                    .add("event", "frame")
                    .add("time", now())
                    .add("direction", frame.sent() ? "sent" : "received")
                    .add("opcode", opcode.label())
                    .add("fin", frame.header().fin())
                    .add("rsv1", frame.header().rsv1())
                    .add("size", frame.header().payloadLength())
                    .add("payload", HexFormat.of().formatHex(some)));
            return;
        }
        String explained = settings.detail() == Detail.BYTES ? "\n" + bytes(frame) : "";
        streams.say(time() + FrameText.header(frame.sent(), frame.header()) + explained);
    }

    private String bytes(PassingFrame frame) {
        if (frame.payload().remaining() > MOST_BYTES) {
            return "  (more than " + MOST_BYTES + " bytes: not explained)";
        }
        ByteBuffer raw = FrameSerialiser.frame(frame.header(), frame.payload());
        return FrameText.explained(raw, FrameExplainer.explain(raw, frame.sent() ? sending : receiving));
    }

    void closed(CloseEvent close, int received, String more) {
        inform("closed " + close.code() + (close.reason().isEmpty() ? "" : " \"" + Printable.of(close.reason()) + "\"")
                + "   " + received + " received" + more);
        event(new JsonLine()
                .add("event", "close")
                .add("time", now())
                .add("code", close.code())
                .add("reason", close.reason())
                .add("clean", close.wasClean())
                .add("received", received));
    }

    void failed(ErrorEvent failure, String advice) {
        streams.say("wscratch connect: " + FailureText.of(failure, advice));
        event(new JsonLine()
                .add("event", "error")
                .add("time", now())
                .add("step", failure.step().toString())
                .add("message", failure.message())
                .add("status", failure.status())
                .add("body", failure.body()));
    }

    private synchronized void event(JsonLine line) {
        if (settings.json()) {
            streams.out().println(line);
            streams.out().flush();
        }
    }

    private void inform(String line) {
        if (!settings.quiet()) {
            streams.say(line);
        }
    }
}
