package dev.wscratch.cli;

import dev.wscratch.client.WebSocket;
import dev.wscratch.message.IndentedJson;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code connect} on a terminal: what a person types is a message or a {@link SlashCommand}. */
final class Session implements Talk.Speaker {
    /** What a line is. */
    private enum Lines {
        TEXT,
        JSON,
        BINARY
    }

    /** Larger files are not for a terminal. */
    private static final long MOST_FILE = 64L << 20;

    private final Console console;
    private final Printer printer;
    private final Payloads payloads;
    private final Transcript transcript;
    private final Streams streams;

    /** What a line is; used by the thread that reads. */
    private Lines lines;

    /** Frames of the next message; used by the thread that reads. */
    private int frames = 1;

    /** Whether Ctrl-C was the last thing; used by the thread that reads. */
    private boolean interrupted;

    /** The talk that {@code /open} has dialled and that has no turn yet; null if there is none. */
    private final AtomicReference<@Nullable Talk> next = new AtomicReference<>();

    /** Whether Ctrl-C ended it. */
    private volatile boolean quit;

    Session(Console console, Printer printer, Payloads payloads, Transcript transcript) {
        this.console = console;
        this.printer = printer;
        this.payloads = payloads;
        this.transcript = transcript;
        this.streams = console.streams();
        this.lines = payloads.binary() ? Lines.BINARY : Lines.TEXT;
    }

    /** Talks, again after each {@code /open}, until the connection ends. */
    ExitCode run(Dialling first, Talk.Goal goal) throws Exception {
        Talk talk = new Talk(first, goal, this, printer, streams);
        talk.dial();
        while (true) {
            ExitCode code = talk.finish();
            Talk other = next.getAndSet(null);
            if (quit || other == null) {
                return quit ? ExitCode.INTERRUPTED : code;
            }
            talk = other;
        }
    }

    @Override
    public String hint() {
        return "   /help, Ctrl-D to close";
    }

    @Override
    public boolean watches() {
        return true;
    }

    @Override
    public void stop() {
        console.stop();
    }

    @Override
    public void speak(Talk talk) throws IOException, InterruptedException {
        console.start();
        while (!talk.connection().end().isDone()) {
            Console.Input input = console.read();
            if (talk.connection().end().isDone()) {
                return;
            }
            if (input instanceof Console.Line line) {
                interrupted = false;
                if (!said(talk, line.text())) {
                    return;
                }
            } else if (input instanceof Console.End || interrupted) {
                quit = input instanceof Console.Interrupt;
                talk.close();
                return;
            } else {
                interrupted = true;
                streams.say("Ctrl-C again to quit, Ctrl-D to close");
            }
        }
    }

    /** Does what a line says; false if nothing more is to be read. */
    private boolean said(Talk talk, String line) throws InterruptedException {
        try {
            if (line.startsWith("//")) {
                send(talk, ofLine(line.substring(1)));
            } else if (line.startsWith("/")) {
                return done(talk, SlashCommand.parse(line));
            } else if (!line.isEmpty()) {
                send(talk, ofLine(line));
            }
        } catch (UsageException e) {
            streams.say(String.valueOf(e.getMessage()));
        }
        return true;
    }

    private Object ofLine(String line) {
        return switch (lines) {
            case TEXT -> line;
            case JSON -> json(line);
            // As -b, --hex and --base64 have it; after /binary, as --hex.
            case BINARY -> payloads.binary() ? payloads.message(new Value("message", line)) : hex(line);
        };
    }

    private static Object hex(String digits) {
        return HexText.bytes(new Value("message", digits));
    }

    private static String json(String text) {
        String mistake = IndentedJson.mistake(text);
        if (mistake != null) {
            throw new UsageException(
                    "not sent: expected JSON, got a mistake: " + Printable.of(mistake) + "; /text sends it anyway");
        }
        return text;
    }

    private void send(Talk talk, Object message) {
        var unused = requireOpen(talk);
        // Before it is, since the reply may be here before send() returns.
        printer.sent(message);
        talk.connection().send(message, frames);
        frames = 1;
    }

    private boolean done(Talk talk, SlashCommand.Typed typed) throws InterruptedException {
        String argument = typed.argument();
        switch (typed.command()) {
            case TEXT -> sendOr(talk, argument, argument, Lines.TEXT);
            case JSON -> sendOr(talk, argument, argument.isEmpty() ? "" : json(argument), Lines.JSON);
            case BINARY -> sendOr(talk, argument, argument.isEmpty() ? "" : hex(argument), Lines.BINARY);
            case FILE -> file(talk, new Value("/file", typed.required()));
            case FRAGMENT -> frames = new Value("/fragment", typed.required()).number(1, WebSocket.MOST_FRAMES);
            case PING -> talk.pings().send(requireOpen(talk), argument.getBytes(StandardCharsets.UTF_8), true);
            case PONG -> pong(requireOpen(talk), argument.getBytes(StandardCharsets.UTF_8));
            case FRAMES ->
                printer.watchFrames(new Value("/frames", typed.required())
                        .oneOf("on", "off")
                        .equals("on"));
            case HEADERS -> headers(talk.tap());
            case STATS -> stats(talk);
            case SAVE -> streams.say(transcript.save(new Value("/save", typed.required())));
            case LESSON -> lesson(talk, new Value("/lesson", argument));
            case HELP -> streams.say(SlashCommand.help());
            case OPEN, CLOSE, QUIT -> {
                return !ended(talk, typed);
            }
        }
        return true;
    }

    /** Whether the command has ended the connection. */
    private boolean ended(Talk talk, SlashCommand.Typed typed) throws InterruptedException {
        switch (typed.command()) {
            case CLOSE -> talk.close(closeReason(typed.argument()));
            case OPEN -> {
                return moved(talk, typed.argument());
            }
            default -> talk.close();
        }
        return true;
    }

    /** Leaves a connection for another one once that is open: neither a mistake nor a dead server costs what is there. */
    private boolean moved(Talk talk, String url) throws InterruptedException {
        Talk other = talk.to(url);
        other.dial();
        next.set(other);
        if (other.opens()) {
            talk.close(CloseReason.of(CloseCode.NORMAL_CLOSURE));
            return true;
        }
        // Else this connection has ended meanwhile, and the other one has its turn already.
        if (next.compareAndSet(other, null)) {
            other.giveUp();
            if (talk.connection().open() != null) {
                streams.say("the connection to " + Printable.of(talk.url()) + " stays open");
            }
        }
        return false;
    }

    private void sendOr(Talk talk, String argument, Object message, Lines alone) {
        if (argument.isEmpty()) {
            lines = alone;
        } else {
            send(talk, message);
        }
    }

    private void file(Talk talk, Value file) {
        try {
            if (Files.size(file.path()) > MOST_FILE) {
                throw file.wrong("a file of at most " + Value.ofSize(MOST_FILE));
            }
            byte[] bytes = Files.readAllBytes(file.path());
            String text = payloads.binary() ? null : utf8(bytes);
            send(talk, text == null ? bytes : text);
            streams.say("sent " + bytes.length + " bytes as " + (text == null ? "binary" : "text"));
        } catch (IOException e) {
            throw file.wrong("a file that can be read (" + Printable.of(String.valueOf(e)) + ")");
        }
    }

    /** {@return null if it is none} */
    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // Then it is binary.
            return null;
        }
    }

    private static WebSocket requireOpen(Talk talk) {
        WebSocket open = talk.connection().open();
        if (open == null) {
            throw new UsageException("not sent: there is no open connection");
        }
        return open;
    }

    private static void pong(WebSocket socket, byte[] payload) {
        try {
            socket.pong(payload);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private void headers(Tap tap) {
        for (boolean sent : List.of(true, false)) {
            tap.head(sent).forEach(line -> streams.say(printer.marked(sent, line)));
        }
    }

    private void stats(Talk talk) {
        WebSocket open = talk.connection().open();
        streams.say(talk.tap().traffic().lines());
        streams.say("waiting   " + (open == null ? "no open connection" : open.bufferedAmount() + " bytes to be sent"));
        streams.say("round trips   "
                + (talk.pings().summary().isEmpty()
                        ? "none: /ping"
                        : talk.pings().summary().substring(2)));
    }

    /** Prints one, or lists all if no number is given. */
    private void lesson(Talk talk, Value number) {
        LessonText text = new LessonText(printer.colours(), Math.min(LessonText.WIDTH, console.columns()));
        String page = Target.page(talk.url());
        List<String> said = number.text().isEmpty()
                ? text.list("/lesson", page, LessonText.IF_OURS)
                : text.lesson(Lessons.of(number), page, LessonText.IF_OURS);
        streams.say(String.join(System.lineSeparator(), said));
    }

    /** {@code CODE [REASON]}, or nothing for 1000. */
    private static CloseReason closeReason(String argument) {
        String[] parts = argument.split("\\s+", 2);
        return CloseOption.of("/close", parts[0].isEmpty() ? "1000" : parts[0], parts.length > 1 ? parts[1] : "");
    }
}
