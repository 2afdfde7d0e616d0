import dev.wscratch.wire.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Part of the build, not of the product: writes the table of words among the page's files, so that page and command line
 * say the same of the same bytes. Run from its source, with the compiled classes on the class path.
 */
final class WriteWords {
    private WriteWords() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("expected one argument, the file to write, not " + args.length);
        }
        Path file = Path.of(args[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, Words.json());
    }
}
