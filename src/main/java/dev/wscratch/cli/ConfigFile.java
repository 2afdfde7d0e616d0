package dev.wscratch.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of settings: a line each, {@code max-message = 4MiB}, with the options' names. What follows a {@code #} at the
 * start of a line or after a blank is a comment; {@code --print-config} writes such a file. No escapes, and no line that
 * is silently ignored, unlike {@link java.util.Properties}.
 *
 * @param values their sources name file, line and key
 */
record ConfigFile(Map<ServeOption, Value> values) {
    /** No file, no settings. */
    static final ConfigFile NONE = new ConfigFile(Map.of());

    /** What ends the name of an option. */
    private static final Pattern NOT_A_NAME = Pattern.compile("[^A-Za-z0-9-]");

    /**
     * Reads a file.
     *
     * @param given the path, and who gave it
     * @throws UsageException when it cannot be read, or at the first line that is not right
     */
    static ConfigFile read(Value given) {
        try {
            Path path = Path.of(given.text());
            return parse(path.getFileName() == null ? given.text() : path.toString(), Files.readAllLines(path));
        } catch (NoSuchFileException e) {
            throw given.wrong("a file of key = value lines (there is no such file)");
        } catch (CharacterCodingException e) {
            throw given.wrong("a file of key = value lines in UTF-8 (it is not UTF-8)");
        } catch (IOException | InvalidPathException e) {
            throw given.wrong("a file that can be read (" + Printable.of(String.valueOf(e.getMessage())) + ")");
        }
    }

    /** Reads lines of the file called {@code name}. */
    static ConfigFile parse(String name, List<String> lines) {
        Map<ServeOption, Value> values = new EnumMap<>(ServeOption.class);
        for (int i = 0; i < lines.size(); i++) {
            String line = withoutComment(lines.get(i));
            if (!line.isEmpty()) {
                readLine(Printable.of(name) + ":" + (i + 1), line, values);
            }
        }
        return new ConfigFile(values);
    }

    private static void readLine(String place, String line, Map<ServeOption, Value> values) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? line : line.substring(0, equals).strip();
        String name = NOT_A_NAME.split(key, 2)[0];
        if (equals < 0 || !name.equals(key)) {
            // Not the whole line: it may be a password that it gives, after a colon or with an equals sign in it.
            throw new Value(place, name).wrong("key = value, with the equals sign");
        }
        ServeOption option = ServeOption.ofKey(key).orElseThrow(() -> new Value(place, key)
                .wrong("the name of an option of serve without its dashes as key"));
        Value value = new Value(
                place + ": " + option.key(), line.substring(equals + 1).strip());
        if (values.putIfAbsent(option, value) != null) {
            throw new Value(place, key).wrong("each key once");
        }
    }

    private static String withoutComment(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i).strip();
            }
        }
        return line.strip();
    }

    Optional<Value> value(ServeOption option) {
        return Optional.ofNullable(values.get(option));
    }
}
