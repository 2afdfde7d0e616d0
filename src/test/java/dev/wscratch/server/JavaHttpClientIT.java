package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocket.Listener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The JDK's own client against our server. */
class JavaHttpClientIT {
    @Test
    void theRootAnswersEachMessageAsTheTutorialDoes() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            Answers answers = new Answers();
            WebSocket socket = connect(server.uri("/"), answers);
            send(socket.sendText("Hello", true));
            send(socket.sendBinary(ByteBuffer.wrap("bytes".getBytes(StandardCharsets.UTF_8)), true));
            answers.await(2);
            assertThat(answers.lines).containsExactly("text Echo: Hello", "text Echo: bytes");
            send(socket.sendClose(4001, "enough"));
            assertThat(answers.closed.get(10, TimeUnit.SECONDS)).startsWith("4001 ");
        }
    }

    @Test
    void echoAnswersTextAsTextAndBinaryAsBinary() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            Answers answers = new Answers();
            WebSocket socket = connect(server.uri("/echo"), answers);
            send(socket.sendText("Grü", false));
            send(socket.sendText("ße 🙂", true));
            send(socket.sendBinary(ByteBuffer.wrap(new byte[] {0, -1, -128}), true));
            send(socket.sendText("x".repeat(1 << 20), true));
            answers.await(3);
            assertThat(answers.lines)
                    .containsExactly("text Grüße 🙂", "binary [0, -1, -128]", "text " + "x".repeat(1 << 20));
            send(socket.sendClose(1000, ""));
            assertThat(answers.closed.get(10, TimeUnit.SECONDS)).isEqualTo("1000 ");
        }
    }

    private static WebSocket connect(URI uri, Listener listener) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, listener)
                .get(10, TimeUnit.SECONDS);
    }

    private static void send(CompletableFuture<WebSocket> sending) throws Exception {
        sending.get(10, TimeUnit.SECONDS);
    }

    /** Puts the parts of messages together and keeps them. */
    private static final class Answers implements Listener {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        void await(int count) {
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> lines.size() >= count);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                lines.add("text " + text);
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            lines.add("binary " + Arrays.toString(bytes));
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
