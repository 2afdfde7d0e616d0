package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the checker finds in the JDK's own client. */
@Timeout(240)
class ClientCheckerIT {
    /** Echoes text when it is whole, and binary piece by piece. */
    private static final class Echo implements WebSocket.Listener {
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (!last) {
                socket.request(1);
                return null;
            }
            String whole = text.toString();
            text.setLength(0);
            return socket.sendText(whole, true).thenAccept(sent -> sent.request(1));
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            // One send at a time: the next piece is asked for when this one is on its way.
            return socket.sendBinary(data, last).thenAccept(sent -> sent.request(1));
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            over.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            over.complete(null);
        }
    }

    @Test
    void theJdksClientIsJudgedInEveryStageAndMasksItsFrames() throws Exception {
        try (ClientChecker checker = new ClientChecker(0, Duration.ofSeconds(2), Duration.ofSeconds(5))) {
            Thread client = new Thread(() -> connectAgainAndAgain(URI.create(checker.url())), "echo-client");
            client.setDaemon(true);
            client.start();
            Report report = checker.run(Selection.ofClient(Set.of(), Set.of()), outcome -> {});
            Path shown = Path.of("target", "check-java-http.txt");
            Files.write(shown, Summary.lines(report));
            Files.writeString(Path.of("target", "check-java-http.html"), HtmlReport.page(report));
            assertThat(report.with(Verdict.SKIPPED))
                    .as(shown.toString())
                    .allMatch(one -> one.stage() == Stage.COMPRESSION);
            assertThat(report.of(Stage.TEXT)).allMatch(one -> one.verdict() == Verdict.PASS, shown.toString());
            assertThat(report.of(Stage.MASKING)).noneMatch(one -> one.verdict() == Verdict.FAIL, shown.toString());
        }
    }

    private static void connectAgainAndAgain(URI url) {
        HttpClient http = HttpClient.newHttpClient();
        while (true) {
            Echo echo = new Echo();
            try {
                http.newWebSocketBuilder().buildAsync(url, echo).get(5, TimeUnit.SECONDS);
                // No abort() behind it: the answer to a Close frame may still be on its way, and the checker ends TCP.
                echo.over.get(25, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ConnectException) {
                    return; // Nobody listens any more.
                }
            } catch (InterruptedException | TimeoutException e) {
                return;
            }
        }
    }
}
