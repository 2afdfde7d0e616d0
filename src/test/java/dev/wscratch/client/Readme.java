package dev.wscratch.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's fenced blocks. */
final class Readme {
    private Readme() {}

    /** The lines between the fences of the one block of this language whose first line is {@code first}; without it. */
    static List<String> block(String language, String first) throws IOException {
        String text = Files.readString(Path.of("README.md"));
        Matcher block = Pattern.compile("```" + language + "\n" + Pattern.quote(first) + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text);
        if (!block.find()) {
            throw new AssertionError("README.md: expected a block ```" + language + " that begins with: " + first);
        }
        return block.group(1).lines().toList();
    }
}
