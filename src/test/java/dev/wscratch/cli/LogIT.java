package dev.wscratch.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.json.Json;

/** The log of a server as a process, at the level that says most, under peers that want to write into it. */
@Timeout(90)
class LogIT {
    private static final String CANARY = "canary-5f1c9e";
    private static final String FORGED = "2026-01-01 00:00:00.000 INFO  forged";
    private static final String HOSTILE = "\u001b[2J\r\n" + FORGED + "\r\n";
    private static final int MILLION = 1_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void whateverPeersSendEachEventIsOneBoundedLine(String format) throws Exception {
        try (Program server = serve(format)) {
            int port = port(server, format);
            hostileHeads(port);
            hostileCloses(port);
            List<String> lines = lines(server, port, format);
            assertThat(lines).filteredOn(line -> line.contains("forged")).hasSize(1);
            assertThat(lines).anyMatch(line -> line.contains("TARGET_TOO_LONG"));
            assertThat(lines).anyMatch(line -> line.contains("HEAD_TOO_LARGE"));
            assertThat(lines).anyMatch(line -> line.contains("1002"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void queriesCookiesTokensAndPayloadsAreNotLogged(String format) throws Exception {
        try (Program server = serve(format)) {
            int port = port(server, format);
            secrets(port);
            List<String> lines = lines(server, port, format);
            assertThat(lines).noneMatch(line -> line.contains(CANARY));
            assertThat(lines).anyMatch(line -> line.contains("binary"));
            assertThat(lines).anyMatch(line -> line.contains("NO_ENDPOINT"));
            assertThat(lines).anyMatch(line -> line.contains("1007"));
        }
    }

    /** All but the banner, after the line of one more session. */
    private static List<String> lines(Program server, int port, String format) throws IOException {
        goodBye(port, "last one");
        server.await("last one");
        List<String> lines = server.err().stream()
                .filter(line -> !line.startsWith("  ") && !line.startsWith("wscratch "))
                .toList();
        assertThat(lines).hasSizeGreaterThan(5).allSatisfy(line -> {
            assertThat(line).hasSizeLessThan(3_000);
            assertThat(line.chars()).noneMatch(Character::isISOControl);
            if (format.equals("json")) {
                Map<String, Object> object = new Json().toType(line, Json.MAP_TYPE);
                assertThat(object).containsKeys("time", "level", "logger", "event");
            } else {
                assertThat(line)
                        .matches("\\d{4}-\\d\\d-\\d\\d [0-9:.]{12} (INFO |DEBUG) \\w+  [a-z]+( [a-z_]+=.*)+")
                        .doesNotStartWith(FORGED);
            }
        });
        assertThat(server.out()).isEmpty();
        return lines;
    }

    private static Program serve(String format) throws IOException {
        return Program.java(Main.class, "serve", "--port=0", "--log-level=debug", "--log-format=" + format);
    }

    private static int port(Program server, String format) {
        String pattern =
                format.equals("json") ? "\"event\":\"ready\".*\"port\":(\\d+)" : "page  http://localhost:(\\d+)";
        return Integer.parseInt(server.await(pattern).group(1));
    }

    /** Each is refused, some before they are read to the end. */
    private static void hostileHeads(int port) throws IOException {
        String escape = "\u001b[31m";
        List<String> requests = List.of(
                RawPeer.request(port, "/" + escape),
                RawPeer.request(port, "/nowhere" + "%0d%0a" + FORGED.replace(' ', '+')),
                RawPeer.request(port, "/" + HOSTILE),
                RawPeer.request(port, "/echo", "Origin: http://" + HOSTILE),
                RawPeer.request(port, "/echo", "Origin: " + escape + CANARY),
                RawPeer.request(port, "/echo", "Sec-WebSocket-Protocol: " + escape),
                RawPeer.request(port, "/echo", "X-Tyrus-Tracing-Accept: 1", "X" + escape + ": 1"),
                RawPeer.request(port, "/" + "x".repeat(MILLION)),
                RawPeer.request(port, "/echo", "Origin: " + "x".repeat(MILLION)));
        for (String request : requests) {
            try (RawPeer peer = RawPeer.connect(port)) {
                sendAsFarAsItGoes(peer, request.getBytes(ISO_8859_1));
                assertThat(peer.endsEventually()).isTrue();
            }
        }
    }

    /** The server may hang up in the middle: then the rest is of no interest to it. */
    private static void sendAsFarAsItGoes(RawPeer peer, byte[] bytes) {
        try {
            peer.send(bytes);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|closed).*");
        }
    }

    private static void secrets(int port) throws IOException {
        try (RawPeer peer = RawPeer.connect(port)) {
            assertThat(peer.handshake(
                            "/echo?token=" + CANARY,
                            "Cookie: session=" + CANARY,
                            "Authorization: Bearer " + CANARY,
                            "Sec-WebSocket-Protocol: " + CANARY))
                    .startsWith("HTTP/1.1 101 ");
            peer.sendText(CANARY);
            assertThat(peer.readFrame().text()).isEqualTo(CANARY);
            peer.send(RawPeer.frame(0x80 | RawPeer.BINARY, CANARY.getBytes(UTF_8)));
            assertThat(peer.readFrame().payload()).isEqualTo(CANARY.getBytes(UTF_8));
            peer.send(RawPeer.frame(0x80 | RawPeer.PING, CANARY.getBytes(UTF_8)));
            assertThat(peer.readFrame().text()).isEqualTo(CANARY);
            // Cut off in the middle of a character: 1007, with the payload at hand.
            peer.send(RawPeer.frame(0x80 | RawPeer.TEXT, (CANARY + "\u00fc").getBytes(ISO_8859_1)));
            assertThat(peer.readClose().closeCode()).isEqualTo(1007);
        }
        for (String path : List.of("/echo?a=%zz" + CANARY, "/nowhere?token=" + CANARY, "/echo?" + CANARY + "=|")) {
            try (RawPeer peer = RawPeer.connect(port)) {
                assertThat(peer.handshake(path, "Cookie: " + CANARY)).startsWith("HTTP/1.1 4");
            }
        }
        try (RawPeer peer = RawPeer.connect(port)) {
            peer.send("GET /?token=" + CANARY + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + CANARY
                    + "\r\nConnection: close\r\n\r\n");
            assertThat(peer.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    private static void hostileCloses(int port) throws IOException {
        goodBye(port, HOSTILE);
        goodBye(port, "\" code=1000 \\\" \u202e\u2028");
        try (RawPeer peer = RawPeer.open(port, "/echo")) {
            peer.send(RawPeer.header(0x80 | RawPeer.CLOSE, MILLION));
            assertThat(peer.readClose().closeCode()).isEqualTo(1002);
        }
    }

    private static void goodBye(int port, String reason) throws IOException {
        try (RawPeer peer = RawPeer.open(port, "/echo")) {
            peer.sendClose(4001, reason);
            assertThat(peer.readClose().closeCode()).isEqualTo(4001);
        }
    }
}
