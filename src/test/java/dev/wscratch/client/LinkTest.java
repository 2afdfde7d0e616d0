package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.ScriptedServer;
import dev.wscratch.client.ErrorEvent.Step;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hosts and settings that the library below cannot take. */
@Timeout(30)
class LinkTest {
    @Test
    void aHostWithAnUnderscoreIsAskedForByItsName() throws Exception {
        try (ScriptedServer proxy = ScriptedServer.start(c -> {
            assertThat(c.head()).startsWith("CONNECT my_service:8080 HTTP/1.1\r\nHost: my_service:8080\r\n");
            c.text("HTTP/1.1 200 OK\r\n\r\n");
            assertThat(c.accept()).contains("\r\nHost: my_service:8080\r\n");
            c.message("through");
            c.hex("88 02 03 e8");
            c.frame();
        })) {
            WebSocket socket = WebSocket.builder("ws://my_service:8080/")
                    .proxy(URI.create("http://127.0.0.1:" + proxy.port()))
                    .connect();
            assertThat(EventLog.ofWhole(socket))
                    .containsExactly("open [OPEN]", "message through [OPEN]", "close 1000 \"\" clean=true [CLOSED]");
        }
    }

    @Test
    void whatTheLookupCannotTakeIsAConnectErrorAtOnce() throws Exception {
        ClientSettings plain = ClientSettings.DEFAULT;
        ClientSettings settings = new ClientSettings(
                List.of(),
                null,
                new Proxy("127.0.0.1", 70_000, ""),
                plain.handshakeDeadline(),
                plain.closeDeadline(),
                plain.executor(),
                plain.maxMessage(),
                plain.maxBuffered(),
                0,
                List.of(),
                null);
        CompletableFuture<ErrorEvent> error = new CompletableFuture<>();
        WebSocket socket =
                WebSocket.open(Address.of("ws://127.0.0.1:1/", List.of()), settings, s -> s.onerror(error::complete));
        assertThat(EventLog.end(socket).code()).isEqualTo(1006);
        assertThat(error.join().step()).isEqualTo(Step.CONNECT);
        assertThat(error.join().message())
                .startsWith("cannot reach ws://127.0.0.1:1/: ")
                .contains("70000");
    }
}
