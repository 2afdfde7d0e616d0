package dev.wscratch.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An example of the table in README.md, as it must be written.
 *
 * @param name of the example
 * @param json the text
 * @param cbor the bytes, as hex
 */
public record Golden(String name, String json, String cbor) {
    /** All of golden.txt, which another program wrote. */
    public static List<Golden> all() {
        return Stream.of(file().strip().split("\n\n", -1))
                .skip(1)
                .map(paragraph -> paragraph.split("\n", -1))
                .map(lines -> new Golden(lines[0], lines[1], lines[2]))
                .toList();
    }

    /** The file as it is, without its first paragraph, which explains it. */
    static String examples() {
        String file = file();
        return file.substring(file.indexOf("\n\n") + 2);
    }

    private static String file() {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("golden.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
