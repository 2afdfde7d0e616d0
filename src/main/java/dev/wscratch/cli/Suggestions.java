package dev.wscratch.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the Tab key offers in a session: commands, and what may stand behind them. */
final class Suggestions {
    /** A folder with more is not for choosing from. */
    private static final int MOST_FILES = 1_000;

    private final List<String> urls;

    /** {@code urls}: for {@code /open}. */
    Suggestions(List<String> urls) {
        this.urls = List.copyOf(urls);
    }

    /**
     * What may stand for the last word; it need not begin with it.
     *
     * @param words of the line up to the cursor, the last one maybe empty
     */
    List<String> of(List<String> words) {
        String first = words.get(0);
        if (!first.startsWith("/") || first.startsWith("//")) {
            return List.of();
        }
        if (words.size() == 1) {
            return Arrays.stream(SlashCommand.values()).map(SlashCommand::word).toList();
        }
        String last = words.get(words.size() - 1);
        return words.size() > 2
                ? List.of()
                : switch (first) {
                    case "/frames" -> List.of("on", "off");
                    case "/fragment" -> List.of("2", "3", "10");
                    case "/close" -> List.of("1000", "3000", "4000");
                    case "/lesson" ->
                        IntStream.rangeClosed(1, Lessons.COUNT)
                                .mapToObj(Integer::toString)
                                .toList();
                    case "/open" -> urls;
                    case "/file", "/save" -> files(last);
                    default -> List.of();
                };
    }

    /** In the folder that the word names so far, folders with a slash behind them. */
    private static List<String> files(String typed) {
        int slash = typed.lastIndexOf('/');
        String folder = typed.substring(0, slash + 1);
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path entry : entries) {
                if (found.size() == MOST_FILES) {
                    return List.of();
                }
                found.add(folder + entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""));
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            // No such folder, or none that may be read: nothing to offer.
            return List.of();
        }
        // A name with a control character or a blank cannot be typed here.
        return found.stream()
                .filter(name -> name.equals(Printable.of(name)) && !name.contains(" "))
                .sorted()
                .toList();
    }
}
