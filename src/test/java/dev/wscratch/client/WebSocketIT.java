package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.server.WscratchServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our client against our server. */
@Timeout(60)
class WebSocketIT {
    @Test
    void aMessageOfOneMebibyteGoesBothWays() throws Exception {
        String text = "x".repeat(1 << 20);
        byte[] bytes = new byte[1 << 20];
        bytes[bytes.length - 1] = 42;
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            List<Object> answers = new ArrayList<>();
            WebSocket socket = new WebSocket(server.uri("/echo").toString());
            socket.onopen(e -> {
                socket.send(text);
                socket.send(ByteBuffer.wrap(bytes));
            });
            socket.onmessage(e -> {
                answers.add(e.data());
                if (answers.size() == 2) {
                    socket.close(1000, "done");
                }
            });
            CloseEvent close = EventLog.end(socket);
            assertThat(close.code()).isEqualTo(1000);
            assertThat(close.wasClean()).isTrue();
            assertThat(answers).containsExactly(text, ByteBuffer.wrap(bytes));
            assertThat(socket.bufferedAmount()).isZero();
        }
    }

    @Test
    void tenThousandMessagesComeBackInOrder() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            List<Object> answers = new ArrayList<>();
            WebSocket socket = new WebSocket(server.uri("/echo").toString());
            socket.onopen(e -> IntStream.range(0, 10_000).forEach(i -> socket.send("" + i)));
            socket.onmessage(e -> {
                answers.add(e.data());
                if (answers.size() == 10_000) {
                    socket.close();
                }
            });
            EventLog.end(socket);
            assertThat(answers)
                    .containsExactlyElementsOf(IntStream.range(0, 10_000)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void aMessageOverTheServersLimitIsClosedWith1009() throws Exception {
        try (WscratchServer server =
                WscratchServer.builder().port(0).maxMessage(1000).start()) {
            WebSocket socket = new WebSocket(server.uri("/echo").toString());
            socket.onopen(e -> socket.send("x".repeat(1001)));
            assertThat(EventLog.end(socket).code()).isEqualTo(1009);
        }
    }

    @Test
    void aServerThatStopsCloses1001() throws Exception {
        WebSocket socket;
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            socket = new WebSocket(server.uri("/").toString());
            socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        CloseEvent close = EventLog.end(socket);
        assertThat(close.code()).isEqualTo(1001);
        assertThat(close.wasClean()).isTrue();
    }

    /** Also while they connect, when Tyrus would take a thread for each. */
    @Test
    void fiveHundredClientsShareAFixedNumberOfThreads() throws Exception {
        int most = 0;
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            String url = server.uri("/echo").toString();
            AtomicInteger answers = new AtomicInteger();
            List<WebSocket> sockets = IntStream.range(0, 500)
                    .mapToObj(i -> WebSocket.open(url, socket -> {
                        socket.onopen(e -> socket.send("Hello"));
                        socket.onmessage(e -> answers.incrementAndGet());
                    }))
                    .toList();
            AtomicInteger seen = new AtomicInteger();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                seen.accumulateAndGet(ClientThreads.names().size(), Math::max);
                return answers.get() == 500;
            });
            most = Math.max(seen.get(), ClientThreads.names().size());
            assertThat(ClientThreads.names()).anyMatch(name -> name.startsWith("wscratch-client"));
            sockets.forEach(WebSocket::close);
            for (WebSocket socket : sockets) {
                assertThat(EventLog.end(socket).wasClean()).isTrue();
            }
            most = Math.max(most, ClientThreads.names().size());
        }
        assertThat(most).isLessThanOrEqualTo(ClientThreads.MOST);
    }

    /** Tyrus forgets what it has with its last connection, and the next one may come in that very moment. */
    @Test
    void connectionsThatFollowEachOtherCloselyAllOpen() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            for (int i = 0; i < 300; i++) {
                WebSocket socket = new WebSocket(server.uri("/echo").toString());
                socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS);
                socket.close(1000, "");
                assertThat(socket.closed()
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS)
                                .code())
                        .isEqualTo(1000);
            }
        }
    }
}
