package dev.wscratch.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wscratch explain}: where the bytes come from; {@link Explanation} says what they are. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Say of each byte of a WebSocket's handshake and frames what it is, and what is wrong with it.",
        customSynopsis = "wscratch explain [OPTIONS] HEX...|FILE|-",
        synopsisHeading = "%nUsage: ",
        description = {
            "",
            "Examples:",
            "  wscratch explain 81 85 37 fa 21 3d 7f 9f 4d 51 58",
            "  wscratch explain 0x88,0x02,0x03,0xe8              a Close frame",
            "  xxd capture.bin | wscratch explain -              what hexdump -C and xxd print",
            "  wscratch explain capture.bin --deflate            raw bytes of one direction, in a file",
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "A file or stdin that holds nothing but hex digits, or a dump that begins with offset 0, is read as",
            "hex, everything else as raw bytes. A handshake (GET ... or HTTP/1.1 ...) may come first.",
            "Exit codes: 0 all is right  1 bug  2 usage  6 a rule is broken, or bytes are missing",
        })
final class Explain implements Callable<Integer> {
    /** Captures are for reading: what is larger was meant otherwise. */
    private static final int MOST_BYTES = 16 << 20;

    private static final String BETWEEN_DIGITS = " \t\n\u000B\f\r,:;";
    private static final Pattern DUMP = Pattern.compile("\\s*0{4,16}(?::\\s|\\s+)[0-9a-fA-F]{2}");

    private final Streams streams;

    @Parameters(arity = "1..*", paramLabel = "HEX", description = "hex digits, or one file, or - for stdin")
    private List<String> given = new ArrayList<>();

    @Option(names = "--role", paramLabel = "client|server", description = "who sent it; else the first mask bit tells")
    private @Nullable String role;

    @Option(names = "--deflate", description = "permessage-deflate was agreed on: RSV1 means compressed")
    private boolean deflate;

    Explain(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        Explanation.Sender sender = role == null
                ? Explanation.Sender.GUESS
                : new Value("--role", role).oneOf("client", "server").equals("client")
                        ? Explanation.Sender.CLIENT
                        : Explanation.Sender.SERVER;
        boolean right = new Explanation(bytes(), sender, deflate, streams.out()::println).isRight();
        streams.out().flush();
        return (right ? ExitCode.OK : ExitCode.NOT_AS_EXPECTED).value();
    }

    private byte[] bytes() throws IOException {
        String text = String.join(" ", given);
        byte[] bytes;
        if (text.equals("-")) {
            bytes = ofCapture("stdin", streams.in().readNBytes(MOST_BYTES + 1));
        } else {
            Path file = given.size() == 1 ? file(text) : null;
            bytes = file == null ? HexText.bytes(new Value("HEX", text)) : read(file);
        }
        if (bytes.length == 0) {
            throw new UsageException("expected bytes to explain, got none");
        }
        return bytes;
    }

    private static @Nullable Path file(String name) {
        try {
            Path path = Path.of(name);
            return Files.isRegularFile(path) ? path : null;
        } catch (InvalidPathException e) {
            // Then it can only be hex.
            return null;
        }
    }

    private static byte[] read(Path file) {
        Value name = new Value("FILE", file.toString());
        try (var in = Files.newInputStream(file)) {
            return ofCapture("FILE", in.readNBytes(MOST_BYTES + 1));
        } catch (IOException e) {
            throw name.wrong("a file that can be read (" + Printable.of(String.valueOf(e)) + ")");
        }
    }

    private static byte[] ofCapture(String source, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new UsageException(source + ": expected at most " + MOST_BYTES + " bytes, got more");
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean hex = isHexOnly(text) || DUMP.matcher(text).lookingAt();
        return hex ? HexText.bytes(new Value(source, text)) : bytes;
    }

    /** A loop, since the matcher of a repeated group takes stack for each character. */
    private static boolean isHexOnly(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean prefix = (c == 'x' && i > 0 && (text.charAt(i - 1) == '0' || text.charAt(i - 1) == '\\'))
                    || (c == 'X' && i > 0 && text.charAt(i - 1) == '0')
                    || (c == '\\' && text.startsWith("x", i + 1));
            if (!prefix && !HexFormat.isHexDigit(c) && BETWEEN_DIGITS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
