package dev.wscratch.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An answer to a client's opening request, right or wrong on purpose.
 *
 * @param firstLine with the status
 * @param lines headers, with {@code {accept}} where the accept value goes
 * @param agreed what {@code lines} agree to of extensions, as one header value; empty for none
 * @param chop how many bytes go out in one write; 0 for all
 */
record Greeting(String firstLine, List<String> lines, String agreed, int chop) {
    static final Greeting USUAL = new Greeting(
            "HTTP/1.1 101 Switching Protocols",
            List.of("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: {accept}"),
            "",
            0);

    Greeting {
        lines = List.copyOf(lines);
    }

    /** An HTTP answer without a body. */
    static Greeting status(int status, String reason, String... lines) {
        Greeting bare = new Greeting("HTTP/1.1 " + status + " " + reason, List.of(lines), "", 0);
        return bare.with("Content-Length: 0", "Connection: close");
    }

    Greeting withFirstLine(String line) {
        return new Greeting(line, lines, agreed, chop);
    }

    Greeting with(String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return new Greeting(firstLine, all, agreed, chop);
    }

    Greeting without(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        List<String> left = lines.stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
        return new Greeting(firstLine, left, agreed, chop);
    }

    /** With this line instead of the header of the same name. */
    Greeting but(String line) {
        return without(line.substring(0, line.indexOf(':'))).with(line);
    }

    Greeting chopped(int bytes) {
        return new Greeting(firstLine, lines, agreed, bytes);
    }

    Greeting agreeing(String extensions) {
        return new Greeting(firstLine, with("Sec-WebSocket-Extensions: " + extensions).lines, extensions, chop);
    }

    Bytes bytes(String accept) {
        String head = firstLine + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
        return Bytes.of(head.replace("{accept}", accept).getBytes(StandardCharsets.ISO_8859_1));
    }
}
