package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.browser.Browser;
import dev.wscratch.client.CloseEvent;
import dev.wscratch.peer.NodeFolder;
import dev.wscratch.peer.Scheme;
import dev.wscratch.server.Visit.Client;
import dev.wscratch.server.Visit.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** The clients that visit the faults. Each opens, says Hello, and leaves with 1000 when nothing happens. */
final class Visitors {
    private Visitors() {}

    static Map<String, Outcome> nodeWs(NodeFolder node, Scheme scheme, WscratchServer server, List<Visit> visits)
            throws Exception {
        StringBuilder input = new StringBuilder();
        for (Visit visit : visits) {
            input.append(visit.path()).append('\t').append(visit.patienceMillis(Client.NODE_WS));
            input.append('\t').append(visit.farewellMillis(Client.NODE_WS)).append('\n');
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        ProcessBuilder builder = node.program("faults.mjs", scheme.uri(server, "/fault/"));
        builder.environment().put("NODE_EXTRA_CA_CERTS", Scheme.certificate().toString());
        try (Program program = Program.start(builder)) {
            program.input(input.toString());
            assertThat(program.exitCode(60)).as("" + program.err()).isZero();
            for (String line : program.out()) {
                String[] parts = line.split("\t", 3);
                outcomes.put(parts[0], new Outcome(parts[1], parts[2]));
            }
        }
        return outcomes;
    }

    static Map<String, Outcome> chromium(WscratchServer server, List<Visit> visits) {
        Object[] arguments = visits.stream()
                .map(visit -> List.of(
                        visit.path(), visit.patienceMillis(Client.CHROMIUM), visit.farewellMillis(Client.CHROMIUM)))
                .toArray();
        try (Browser browser = Browser.start()) {
            browser.open(URI.create(server.page() + "?auto=0"));
            browser.run(
                    """
                    window.outcomes = [];
                    for (const [path, patience, farewell] of arguments[0]) {
                      const socket = new WebSocket(`ws://${location.host}/fault/${path}`, ["chat.v1", "chat.v2"]);
                      let opened = false, own = false, messages = 0, over = false;
                      const end = outcome => {
                        if (!over) { over = true; window.outcomes.push([path, outcome, `${messages} messages`]); }
                      };
                      socket.onmessage = () => messages += 1;
                      socket.onopen = () => {
                        opened = true;
                        socket.send("Hello");
                        setTimeout(() => {
                          own = true;
                          socket.close(1000);
                          setTimeout(() => end("hangs"), farewell);
                        }, patience);
                      };
                      socket.onclose = ({ code }) =>
                        end(!opened ? "refused" : own ? (code === 1000 ? "ok" : `own ${code}`) : `${code}`);
                    }
                    """,
                    List.of(arguments));
            Awaitility.await("every fault visited")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> browser.run("return window.outcomes.length").equals((long) visits.size()));
            browser.expectComplaint("WebSocket connection to");
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            for (Object row : (List<?>) browser.run("return window.outcomes")) {
                List<?> parts = (List<?>) row;
                outcomes.put((String) parts.get(0), new Outcome((String) parts.get(1), (String) parts.get(2)));
            }
            return outcomes;
        }
    }

    static Outcome wscratch(Scheme scheme, WscratchServer server, Visit visit) throws Exception {
        AtomicInteger messages = new AtomicInteger();
        CompletableFuture<String> error = new CompletableFuture<>();
        var socket =
                new dev.wscratch.client.WebSocket(scheme.uri(server, "/fault/" + visit.path()), "chat.v1", "chat.v2");
        CompletableFuture<Void> opened = new CompletableFuture<>();
        socket.onopen(event -> {
            socket.send("Hello");
            opened.complete(null);
        });
        socket.onmessage(event -> messages.incrementAndGet());
        socket.onerror(event -> error.complete(event.step() + ": " + event.message()));
        CompletableFuture<CloseEvent> closed = socket.closed().toCompletableFuture();
        CompletableFuture.anyOf(opened, closed).get(30, TimeUnit.SECONDS);
        String outcome = outcome(
                !opened.isDone(),
                closed.thenApply(event -> "" + event.code()),
                () -> socket.close(1000),
                visit,
                Client.WSCRATCH);
        return new Outcome(outcome, messages + " messages " + error.getNow(""));
    }

    static Outcome javaNetHttp(Scheme scheme, WscratchServer server, Visit visit) throws Exception {
        CompletableFuture<String> closed = new CompletableFuture<>();
        AtomicInteger messages = new AtomicInteger();
        CompletableFuture<String> error = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                messages.addAndGet(last ? 1 : 0);
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete("" + code);
                return null;
            }

            @Override
            public void onError(WebSocket socket, Throwable thrown) {
                error.complete("" + thrown);
                closed.complete("failed");
            }
        };
        WebSocket socket;
        try {
            socket = HttpClient.newBuilder()
                    .sslContext(Scheme.trusting())
                    .build()
                    .newWebSocketBuilder()
                    .subprotocols("chat.v1", "chat.v2")
                    .buildAsync(URI.create(scheme.uri(server, "/fault/" + visit.path())), listener)
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            return new Outcome("refused", "" + refused.getCause());
        }
        try {
            await(socket.sendText("Hello", true), error);
            String outcome =
                    outcome(false, closed, () -> await(socket.sendClose(1000, ""), error), visit, Client.JAVA_NET_HTTP);
            return new Outcome(outcome, messages + " messages " + error.getNow(""));
        } finally {
            socket.abort();
        }
    }

    /** A send that fails comes before, or after, the end that is its reason. */
    private static void await(CompletableFuture<WebSocket> sent, CompletableFuture<String> error) {
        try {
            sent.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            error.complete("" + failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String outcome(
            boolean refused, CompletableFuture<String> closed, Runnable close, Visit visit, Client client)
            throws Exception {
        if (refused) {
            return "refused";
        }
        try {
            return closed.get(visit.patienceMillis(client), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillOpen) {
            close.run();
        }
        try {
            String code = closed.get(visit.farewellMillis(client), TimeUnit.MILLISECONDS);
            return code.equals("1000") ? "ok" : "own " + code;
        } catch (TimeoutException noEnd) {
            return "hangs";
        }
    }
}
