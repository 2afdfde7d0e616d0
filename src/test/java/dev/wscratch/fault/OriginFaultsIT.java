package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 1 and 1b: pages that have no business here. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OriginFaultsIT {
    @RegisterExtension
    private final ServerUnderFault server = new ServerUnderFault(builder -> builder.endpoint(Gatekeeper.class)
            .origins(List.of("https://app.example"))
            .hosts(List.of("dev.example")));

    private record Page(String name, List<String> headers) {}

    private Page origin(String value) {
        return new Page(value, List.of("Host: 127.0.0.1:" + server.port(), "Origin: " + value));
    }

    private Page host(String value, String... more) {
        List<String> headers = new java.util.ArrayList<>(List.of("Host: " + value));
        headers.addAll(List.of(more));
        return new Page(value, headers);
    }

    @TestFactory
    @DisplayName("row 1: a foreign page is refused with 403 and no session opens")
    Stream<DynamicTest> aForeignPageIsRefusedWith403() {
        String own = "http://127.0.0.1:" + server.port();
        return Stream.of(
                        origin("http://evil.example"),
                        origin("null"),
                        origin(""),
                        origin("https://127.0.0.1:" + server.port()),
                        origin("http://127.0.0.1:1"),
                        origin("http://127.0.0.1"),
                        origin("http://localhost:" + server.port()),
                        origin(own + ".evil.example"),
                        origin("http://evil.example/" + own),
                        origin("http://user@127.0.0.1:" + server.port()),
                        origin(own + " http://evil.example"),
                        origin("http://app.example"),
                        origin("https://app.example.evil.example"),
                        host("127.0.0.1:" + server.port(), "Origin: " + own, "Origin: http://evil.example"),
                        host("127.0.0.1:" + server.port(), "Origin: " + own, "Origin: " + own))
                .map(page -> refused("row 1: ", page));
    }

    @TestFactory
    @DisplayName("row 1: the server's own page, a listed page, and a program without an Origin may connect")
    Stream<DynamicTest> ownAndListedPagesAndProgramsMayConnect() {
        return Stream.of(
                        origin("http://127.0.0.1:" + server.port()),
                        origin("HTTP://127.0.0.1:" + server.port()),
                        origin("https://app.example"),
                        origin("HTTPS://App.EXAMPLE"),
                        host("localhost:" + server.port(), "Origin: http://LOCALHOST:" + server.port()),
                        host("127.0.0.1:" + server.port()))
                .map(page -> opens("row 1: ", page));
    }

    @TestFactory
    @DisplayName("row 1b: a name that was made to point to this machine is refused with 403")
    Stream<DynamicTest> aReboundNameIsRefusedWith403() {
        return Stream.of(
                        host("evil.example", "Origin: http://evil.example"),
                        host("evil.example:" + server.port(), "Origin: http://evil.example:" + server.port()),
                        host("evil.example"),
                        host("localhost.evil.example"),
                        host("127.0.0.1.evil.example:" + server.port()))
                .map(page -> refused("row 1b: ", page));
    }

    @TestFactory
    @DisplayName("row 1b: this machine's own names and listed names are answered")
    Stream<DynamicTest> ownAndListedNamesAreAnswered() {
        return Stream.of(
                        host("localhost:" + server.port()),
                        host("LocalHost"),
                        host("127.0.0.1"),
                        host("[::1]:" + server.port()),
                        host("dev.example", "Origin: http://dev.example"))
                .map(page -> opens("row 1b: ", page));
    }

    @Test
    @DisplayName("row 1b: the page is not shown under a name that was made to point to this machine")
    void thePageIsNotShownUnderAReboundName() throws IOException {
        RawPeer peer = server.connect();
        peer.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        assertThat(peer.readResponse()).startsWith("HTTP/1.1 403 ");
        assertThat(peer.readsEnd()).isTrue();
    }

    private DynamicTest refused(String row, Page page) {
        return DynamicTest.dynamicTest(row + page.name, () -> {
            int before = Gatekeeper.timesOpened();
            try (RawPeer peer = RawPeer.connect(server.port())) {
                peer.send(request(page));
                peer.sendText("anybody there?");
                String answer = peer.readResponse();
                assertThat(answer)
                        .startsWith("HTTP/1.1 403 ")
                        .containsIgnoringCase("\r\nContent-Length: ")
                        .containsIgnoringCase("\r\nConnection: close\r\n");
                assertThat(answer.substring(answer.indexOf("\r\n\r\n")).strip())
                        .as("a body that says why")
                        .isNotEmpty();
                assertThat(peer.readsEnd()).isTrue();
            }
            assertThat(Gatekeeper.timesOpened()).isEqualTo(before);
        });
    }

    private DynamicTest opens(String row, Page page) {
        return DynamicTest.dynamicTest(row + page.name, () -> {
            try (RawPeer peer = RawPeer.connect(server.port())) {
                peer.send(request(page));
                assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
                peer.sendText("welcome");
                assertThat(peer.readFrame().text()).isEqualTo("welcome");
            }
        });
    }

    private static String request(Page page) {
        return "GET /gate HTTP/1.1\r\n" + String.join("\r\n", page.headers)
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    }
}
