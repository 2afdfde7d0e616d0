package dev.wscratch.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A terminal with JLine: a prompt, a history, completion, and lines printed above what is being typed. The history is in
 * memory only, since messages may have secrets.
 */
final class LineEditor implements Console {
    private static final String PROMPT = "ws> ";

    private final Terminal terminal;
    private final LineReader reader;
    private final Streams streams;

    /** Who is in {@link #read}; guarded by this. */
    private @Nullable Thread reading;

    /** Whether nothing is to be read any more; guarded by this. */
    private boolean stopped;

    /**
     * Takes the terminal of the process.
     *
     * @param process whose stderr stays if it is none of the terminal's
     * @param suggestions what may stand for the last of the words
     * @throws IOException if there is none that JLine can use
     */
    LineEditor(Streams process, Function<List<String>, List<String>> suggestions) throws IOException {
        terminal = TerminalBuilder.builder()
                .name("wscratch")
                .system(true)
                .dumb(false)
                .encoding(StandardCharsets.UTF_8)
                .build();
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("wscratch")
                .parser(words())
                .completer(new Suggesting(suggestions))
                // A "!" in a message is a "!".
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.INSERT_TAB, false)
                .build();
        PrintStream above = new PrintStream(new Above(reader), true, StandardCharsets.UTF_8);
        streams = new Streams(
                process.in(),
                above,
                process.errIsTerminal() ? above : process.err(),
                true,
                true,
                process.errIsTerminal());
    }

    /** Blanks between them, no quotes and no escapes: a message may have any of these. */
    private static DefaultParser words() {
        DefaultParser parser = new DefaultParser();
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        return parser;
    }

    @Override
    public Input read() throws IOException {
        synchronized (this) {
            if (stopped) {
                return new End();
            }
            reading = Thread.currentThread();
        }
        try {
            return new Line(reader.readLine(PROMPT));
        } catch (UserInterruptException e) {
            // Of a line that was begun, Ctrl-C means "not this one".
            return e.getPartialLine().isEmpty() ? new Interrupt() : new Line("");
        } catch (EndOfFileException e) {
            return new End();
        } finally {
            synchronized (this) {
                reading = null;
                notifyAll();
            }
        }
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (reading == null) {
            return;
        }
        reading.interrupt();
        try {
            // What is printed from now on comes behind the prompt, not before it.
            for (int i = 0; reading != null && i < 20; i++) {
                wait(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void start() {
        stopped = false;
    }

    @Override
    public Streams streams() {
        return streams;
    }

    @Override
    public int columns() {
        int columns = terminal.getWidth();
        return columns > 0 ? columns : LessonText.WIDTH;
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            streams.say("wscratch connect: the terminal cannot be given back (" + e.getMessage() + "). Try: reset");
        }
    }

    private record Suggesting(Function<List<String>, List<String>> suggestions) implements Completer {
        @Override
        public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
            List<String> words = line.words().subList(0, line.wordIndex() + 1);
            for (String word : suggestions.apply(words)) {
                // No blank behind a folder: its files come next.
                candidates.add(new Candidate(word, word, null, null, null, null, !word.endsWith("/")));
            }
        }
    }

    /** Whole lines go above the prompt, as often as they are flushed. */
    private static final class Above extends OutputStream {
        private final LineReader reader;

        /** Guarded by this. */
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

        Above(LineReader reader) {
            this.reader = reader;
        }

        @Override
        public synchronized void write(int b) {
            waiting.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            waiting.write(bytes, from, length);
        }

        @Override
        public synchronized void flush() {
            String text = waiting.toString(StandardCharsets.UTF_8);
            if (text.endsWith("\n")) {
                waiting.reset();
                reader.printAbove(text);
            }
        }
    }
}
