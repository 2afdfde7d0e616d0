package dev.wscratch.cli;

import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.HeaderField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What {@code bench} and {@code check} add to each handshake; {@code connect} reads its own headers in the same way. */
final class HandshakeAdditions {
    /** Of the handshake itself (RFC 6455 section 4.1), as all that begin with Sec-WebSocket-. */
    private static final List<String> WRITTEN = List.of("host", "upgrade", "connection");

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'K: V'",
            description = "one more header, such as Origin; repeatable; @FILE reads headers (not seen by 'ps')")
    private List<String> headers = new ArrayList<>();

    // Without -s, which is bench's for the size.
    @Option(
            names = "--subprotocol",
            paramLabel = "NAME",
            description = "offer this subprotocol; repeatable, in order of preference")
    private List<String> subprotocols = new ArrayList<>();

    boolean areThere() {
        return !headers.isEmpty() || !subprotocols.isEmpty();
    }

    /**
     * Reads and checks the headers.
     *
     * @throws UsageException when one cannot be sent, or is the handshake's own
     */
    List<HeaderField> fields() {
        List<HeaderField> fields = new ArrayList<>();
        for (String line : lines(headers)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            String small = name.toLowerCase(Locale.ROOT);
            if (WRITTEN.contains(small) || small.startsWith("sec-websocket-")) {
                throw new UsageException(
                        "--header: expected one that the handshake does not write itself, got " + Printable.of(name));
            }
            fields.add(new HeaderField(name, line.substring(colon + 1).strip()));
        }
        requireFit("--header", fields, List.of());
        return fields;
    }

    /**
     * Checks the subprotocols.
     *
     * @throws UsageException when one cannot be sent, or comes twice (RFC 6455 section 4.1)
     */
    List<String> subprotocols() {
        for (String name : subprotocols) {
            if (Collections.frequency(subprotocols, name) > 1) {
                throw new UsageException(
                        "--subprotocol: expected each one once, got \"" + Printable.of(name) + "\" twice");
            }
        }
        requireFit("--subprotocol", List.of(), subprotocols);
        return subprotocols;
    }

    private static void requireFit(String source, List<HeaderField> fields, List<String> offered) {
        String key = ClientHandshake.newKey(new byte[16]);
        try {
            var unused = new ClientHandshake("localhost", "/", key, offered, List.of(), fields, false);
        } catch (IllegalArgumentException e) {
            throw new UsageException(source + ": "
                    + Printable.of(String.valueOf(e.getMessage())).replaceFirst("^Expected ", "expected "));
        }
    }

    /** Lines with a colon, those of files included. */
    static List<String> lines(List<String> headers) {
        List<String> lines = new ArrayList<>();
        for (String header : headers) {
            if (header.startsWith("@")) {
                lines.addAll(ofFile(header));
            } else {
                lines.add(checked("--header", header));
            }
        }
        return lines;
    }

    private static List<String> ofFile(String header) {
        Value file = new Value("--header", header.substring(1));
        try {
            List<String> fields = new ArrayList<>();
            int number = 0;
            for (String line : Files.readAllLines(file.path(), StandardCharsets.UTF_8)) {
                number++;
                if (!line.isBlank()) {
                    fields.add(checked("--header: line " + number + " of the file", line));
                }
            }
            return fields;
        } catch (IOException e) {
            throw file.wrong("a file that can be read (" + Printable.of(String.valueOf(e)) + ")");
        }
    }

    /** Without the value in the complaint: it may be a password. */
    private static String checked(String source, String header) {
        if (header.indexOf(':') < 1) {
            throw new UsageException(source + ": expected a header such as 'Cookie: a=b', got one without a colon");
        }
        return header;
    }
}
