package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.wscratch.ScriptedServer;
import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects that never come to an end. */
@Timeout(30)
class RedirectIT {
    /** Long before the handshake deadline of 10 s. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static ErrorEvent failure(WebSocketBuilder builder) throws Exception {
        CompletableFuture<ErrorEvent> error = new CompletableFuture<>();
        long start = System.nanoTime();
        WebSocket socket = builder.open(s -> s.onerror(error::complete));
        assertThat(EventLog.end(socket)).isEqualTo(new CloseEvent(1006, "", false));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        return error.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20})
    void oneThatLeadsToItselfIsAnErrorAfterAsManyAsAskedFor(int most) throws Exception {
        try (WscratchServer server =
                WscratchServer.builder().port(0).faults(true).start()) {
            String loop = server.uri("/fault/redirect/302").toString();
            ErrorEvent error = failure(WebSocket.builder(loop).followRedirects(most));
            assertThat(error.step()).isEqualTo(Step.HANDSHAKE);
            assertThat(error.status()).isEqualTo(302);
            assertThat(error.message())
                    .isEqualTo("the redirect is not followed: expected at most " + most + " redirects, got one more");
            assertThat(error.headers().first("Location")).isEqualTo("/fault/redirect");
        }
    }

    @Test
    void twoThatLeadToEachOtherAreAskedInTurnAndNoMoreThanAskedFor() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer one = server();
        HttpServer other = server();
        redirect(one, url(other), headers -> asked.add("one with " + headers.getFirst("X-Secret")));
        redirect(other, url(one), headers -> asked.add("other with " + headers.getFirst("X-Secret")));
        try {
            ErrorEvent error =
                    failure(WebSocket.builder(url(one)).header("X-Secret", "s").followRedirects(3));
            assertThat(error.status()).isEqualTo(307);
            assertThat(error.message())
                    .isEqualTo("the redirect is not followed: expected at most 3 redirects, got one more");
            // The header does not come back with its origin: who redirects here may not be who was trusted.
            assertThat(asked).containsExactly("one with s", "other with null", "one with null", "other with null");
        } finally {
            one.stop(0);
            other.stop(0);
        }
    }

    @Test
    void oneToWhereNobodyAnswersEndsAtTheDeadlineOfTheWhole() throws Exception {
        HttpServer first = server();
        try (ScriptedServer silent = ScriptedServer.start(peer -> {
            peer.head();
            assertThat(peer.ended()).isTrue();
        })) {
            redirect(first, silent.url(), headers -> {});
            ErrorEvent error =
                    failure(WebSocket.builder(url(first)).followRedirects(3).handshakeDeadline(Duration.ofMillis(800)));
            assertThat(error.message()).isEqualTo("no answer from " + silent.url() + " within 800 ms");
        } finally {
            first.stop(0);
        }
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "ws://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private static void redirect(HttpServer from, String to, Consumer<Headers> asked) {
        from.createContext("/", exchange -> {
            asked.accept(exchange.getRequestHeaders());
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
    }
}
