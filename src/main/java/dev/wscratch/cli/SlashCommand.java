package dev.wscratch.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may be typed in a session of {@code connect} besides messages. */
enum SlashCommand {
    TEXT("[TEXT]", "send TEXT; alone: each line is a text message again"),
    JSON("[JSON]", "send JSON, if it is; alone: check each line before it is sent"),
    BINARY("[HEX]", "send bytes; alone: each line is hex digits"),
    FILE("PATH", "send a file as one message, text if it is UTF-8"),
    FRAGMENT("N", "send the next message in N frames"),
    PING("[TEXT]", "send a ping, and say how long its pong takes"),
    PONG("[TEXT]", "send a pong that nobody asked for"),
    FRAMES("on|off", "explain each frame, byte by byte"),
    HEADERS("", "show the handshake"),
    STATS("", "show counts and round trips"),
    SAVE("FILE", "write the conversation into a new file, an event per line"),
    LESSON("[N]", "print lesson N; alone: list the lessons"),
    OPEN("[URL]", "connect anew, or elsewhere; once that is open, close this connection"),
    CLOSE("[CODE [REASON]]", "close with 1000, or 3000 to 4999"),
    HELP("", "show this list"),
    QUIT("", "close and end, as Ctrl-D does");

    /**
     * A command with what stands behind it.
     *
     * @param argument without blanks around it, maybe empty
     */
    record Typed(SlashCommand command, String argument) {
        /**
         * What must not be left out.
         *
         * @throws UsageException if it is empty
         */
        String required() {
            if (argument.isEmpty()) {
                throw new UsageException("expected " + command.word() + " " + command.arguments + ", got no "
                        + command.arguments + "; /help lists all");
            }
            return argument;
        }
    }

    private final String arguments;
    private final String sentence;

    SlashCommand(String arguments, String sentence) {
        this.arguments = arguments;
        this.sentence = sentence;
    }

    /** As it is typed. */
    String word() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a line that begins with a slash.
     *
     * @throws UsageException if there is no such command
     */
    static Typed parse(String line) {
        String[] parts = line.strip().split("\\s+", 2);
        Optional<SlashCommand> command = Arrays.stream(values())
                .filter(each -> each.word().equals(parts[0]))
                .findFirst();
        return new Typed(
                command.orElseThrow(() -> new UsageException("unknown command " + OneLine.of(parts[0], 40)
                        + "; /help lists all, and a line that begins with // sends \"/\"")),
                parts.length > 1 ? parts[1] : "");
    }

    /** All of them, a line each. */
    static String help() {
        StringBuilder help = new StringBuilder();
        for (SlashCommand command : values()) {
            help.append(String.format(
                    Locale.ROOT, "  %-24s %s%n", command.word() + " " + command.arguments, command.sentence));
        }
        return help + "Any other line is a message; // at its beginning sends \"/\". An empty line is not sent.";
    }
}
