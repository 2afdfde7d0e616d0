package dev.wscratch.check;

import dev.wscratch.wire.Accept;
import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.Extension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An opening request, right or wrong on purpose.
 *
 * @param firstLine with {@code {target}} for path and query
 * @param lines headers, with {@code {host}} and {@code {key}} where the server's authority and the connection's key go
 * @param subprotocols offered behind {@code lines}, and before those that are offered everywhere
 * @param offer what {@code lines} offer of extensions, as one header value; empty for none
 * @param chop how many bytes go out in one write; 0 for all
 */
record Request(String firstLine, List<String> lines, List<String> subprotocols, String offer, int chop) {
    static final Request USUAL = new Request(
            "GET {target} HTTP/1.1",
            List.of(
                    "Host: {host}",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Key: {key}",
                    "Sec-WebSocket-Version: 13"),
            List.of(),
            "",
            0);

    /** Of a case in which the peer is the client. */
    static final Request NONE = new Request("", List.of(), List.of(), "", 0);

    Request {
        lines = List.copyOf(lines);
        subprotocols = List.copyOf(subprotocols);
    }

    Request withFirstLine(String line) {
        return new Request(line, lines, subprotocols, offer, chop);
    }

    Request with(String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return new Request(firstLine, all, subprotocols, offer, chop);
    }

    Request without(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        List<String> left = lines.stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
        return new Request(firstLine, left, subprotocols, offer, chop);
    }

    /** With this line instead of the header of the same name. */
    Request but(String line) {
        return without(line.substring(0, line.indexOf(':'))).with(line);
    }

    Request chopped(int bytes) {
        return new Request(firstLine, lines, subprotocols, offer, bytes);
    }

    Request withSubprotocols(String... names) {
        return new Request(firstLine, lines, List.of(names), offer, chop);
    }

    Request offering(String extensions) {
        return new Request(
                firstLine, with("Sec-WebSocket-Extensions: " + extensions).lines, subprotocols, extensions, chop);
    }

    Bytes bytes(Server server, String key) {
        StringBuilder head = new StringBuilder(firstLine).append("\r\n");
        lines.forEach(line -> head.append(line).append("\r\n"));
        List<String> offered = offered(server);
        if (!offered.isEmpty()) {
            head.append("Sec-WebSocket-Protocol: {subprotocols}\r\n");
        }
        String text = head.append("{headers}\r\n")
                .toString()
                .replace("{target}", server.resource())
                .replace("{host}", server.authority())
                .replace("{key}", key)
                .replace("{subprotocols}", String.join(", ", offered))
                .replace("{headers}", headers(server));
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<String> offered(Server server) {
        return Stream.concat(subprotocols.stream(), server.subprotocols().stream())
                .distinct()
                .toList();
    }

    private static String headers(Server server) {
        return server.headers().stream().map(field -> field + "\r\n").collect(Collectors.joining());
    }

    /** The keys that really go out and are keys: none, the connection's own, or others. */
    List<String> keys(String key) {
        String name = "sec-websocket-key:";
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name))
                .map(line -> line.substring(name.length()).strip().replace("{key}", key))
                .filter(Accept::isKey)
                .toList();
    }

    /** What judges the answer. */
    ClientHandshake handshake(Server server, String key) {
        List<Extension> offered =
                offer.isEmpty() ? List.of() : Extension.parse(List.of(offer)).orElse(List.of());
        return new ClientHandshake(
                server.authority(), server.resource(), key, offered(server), offered, List.of(), false);
    }
}
