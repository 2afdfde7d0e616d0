package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import dev.wscratch.ScriptedServer.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReconnectingWebSocketTest {
    private final List<ScriptedServer> servers = new ArrayList<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final FakeTiming timing = new FakeTiming();
    private int attempts;

    private final ReconnectingWebSocket.Listener listener = new ReconnectingWebSocket.Listener() {
        @Override
        public void opened(WebSocket socket) {
            socket.send("subscribe");
            heard.add("opened");
        }

        @Override
        public void message(MessageEvent message) {
            heard.add("message " + message.data());
        }

        @Override
        public void away(CloseEvent close, @Nullable ErrorEvent error, Duration delay) {
            heard.add("away " + close.code() + " " + delay.toMillis());
        }

        @Override
        public void ended(CloseEvent close, @Nullable ErrorEvent error) {
            heard.add("ended " + close.code());
        }
    };

    @AfterEach
    void everyScriptWasPlayed() throws IOException {
        for (ScriptedServer server : servers) {
            server.close();
        }
    }

    private ReconnectingWebSocket start(long maxQueued, Script... scripts) throws IOException {
        return start(maxQueued, Integer.MAX_VALUE, scripts);
    }

    private ReconnectingWebSocket start(long maxQueued, int mostAttempts, Script... scripts) throws IOException {
        for (Script script : scripts) {
            servers.add(ScriptedServer.start(script));
        }
        ReconnectSettings settings = new ReconnectSettings(
                Duration.ofSeconds(1), 2, Duration.ofSeconds(30), Duration.ofSeconds(5), maxQueued, mostAttempts);
        ReconnectingWebSocket made = new ReconnectingWebSocket(
                () -> {
                    int attempt = attempts++;
                    return WebSocket.builder(servers.get(attempt).url()).header("Authorization", "token " + attempt);
                },
                listener,
                settings,
                timing);
        made.attemptSoon();
        return made;
    }

    private void hear(String... lines) throws InterruptedException {
        for (String line : lines) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(line);
        }
    }

    private static Script closing(String closeFrame) {
        return c -> {
            c.accept();
            c.frame();
            c.hex(closeFrame);
            c.frame();
        };
    }

    private static void refuse(ScriptedServer.Connection c, String head) throws IOException {
        c.head();
        c.text("HTTP/1.1 " + head + "\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void itComesBackWithAFreshTokenSubscribesAgainAndThenSendsWhatWasQueued() throws Exception {
        ReconnectingWebSocket live = start(1000, closing("88 02 03 f4"), c -> {
            assertThat(c.accept()).contains("Authorization: token 1");
            assertThat(c.frame().text()).isEqualTo("subscribe");
            assertThat(c.frame().text()).isEqualTo("first");
            assertThat(c.frame().payload()).containsExactly(1, 2);
            c.message("news");
            c.hex("88 02 0d ac"); // 3500
            c.frame();
        });
        hear("opened", "away 1012 1000");
        assertThat(live.isUp()).isFalse();
        assertThat(live.send("first")).isTrue();
        assertThat(live.send(ByteBuffer.wrap(new byte[] {1, 2}))).isTrue();
        assertThat(live.bufferedAmount()).isEqualTo(7);
        assertThat(timing.next().delay()).as("until the waits begin anew").isEqualTo(Duration.ofSeconds(5));
        timing.next().run();
        hear("opened", "message news", "ended 3500");
        assertThat(live.send("too late")).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void theWaitsGrowAlsoByConnectionsThatWereUpForAMoment() throws Exception {
        start(0, c -> refuse(c, "500 No"), c -> refuse(c, "502 No"), closing("88 02 03 e9"), closing("88 02 03 e8"));
        hear("away 1006 1000");
        timing.next().run();
        hear("away 1006 2000");
        timing.next().run();
        hear("opened");
        FakeTiming.Timer up = timing.next();
        hear("away 1001 4000");
        up.run();
        FakeTiming.Timer wait = timing.next();
        assertThat(wait.delay()).isEqualTo(Duration.ofSeconds(4));
        wait.run();
        hear("opened", "ended 1000");
    }

    @Test
    void aConnectionThatWasUpForLongEnoughBeginsAnew() throws Exception {
        ReconnectingWebSocket live = start(0, c -> refuse(c, "500 No"), c -> {
            c.accept();
            c.frame();
            assertThat(c.frame().text()).isEqualTo("end it");
            c.reset();
        });
        hear("away 1006 1000");
        timing.next().run();
        hear("opened");
        timing.next().run();
        assertThat(live.send("end it")).isTrue();
        hear("away 1006 1000");
        live.close(1000, "");
        hear("ended 1000");
    }

    @Test
    void afterAsManyAttemptsAsAllowedItGivesUp() throws Exception {
        start(0, 2, closing("88 02 03 e9"), c -> refuse(c, "500 No"), c -> refuse(c, "502 No"));
        hear("opened");
        timing.next();
        hear("away 1001 1000");
        timing.next().run();
        hear("away 1006 2000");
        timing.next().run();
        hear("ended 1006");
    }

    @Test
    void aServerThatSaysWhenIsObeyedNotByAllAtTheSameMoment() throws Exception {
        start(
                0,
                c -> refuse(c, "503 Busy\r\nRetry-After: 77"),
                c -> refuse(c, "429 Slow\r\nRetry-After: Thu, 01 Jan 2026 00:01:00 GMT"),
                c -> refuse(c, "404 Not Found"));
        hear("away 1006 78000");
        timing.next().run();
        hear("away 1006 62000");
        timing.next().run();
        hear("ended 1006");
    }

    @Test
    void theQueueIsBoundedAndSaysSo() throws Exception {
        ReconnectingWebSocket live = start(2 * 64 + 5, closing("88 00"));
        hear("opened", "away 1005 1000");
        assertThat(live.send("é234")).isTrue();
        assertThat(live.send("x")).isFalse();
        assertThat(live.send("")).isTrue();
        assertThat(live.send("")).as("an empty one too many").isFalse();
        assertThat(live.bufferedAmount()).isEqualTo(5);
        live.close(1000, "");
        hear("ended 1000");
    }

    @Test
    void aQueueOfNothingTakesNoEmptyMessage() throws Exception {
        ReconnectingWebSocket live = start(0, closing("88 00"));
        hear("opened", "away 1005 1000");
        assertThat(live.send("")).isFalse();
        assertThat(live.send(ByteBuffer.allocate(0))).isFalse();
        live.close(1000, "");
        hear("ended 1000");
    }

    @Test
    void closeWhileWaitingEndsForGood() throws Exception {
        ReconnectingWebSocket live = start(0, closing("88 00"));
        hear("opened", "away 1005 1000");
        timing.next();
        FakeTiming.Timer wait = timing.next();
        assertThatThrownBy(() -> live.close(1001, "")).isInstanceOf(IllegalArgumentException.class);
        live.close(4000, "enough");
        hear("ended 4000");
        wait.run();
        assertThat(wait.task().isCancelled()).isTrue();
        live.close(1000, "");
        assertThat(heard).isEmpty();
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void closeWhileUpIsTheEnd() throws Exception {
        ReconnectingWebSocket live = start(0, c -> {
            c.accept();
            c.frame();
            assertThat(c.frame().closeCode()).isEqualTo(3000);
            c.hex("88 02 0b b8");
        });
        hear("opened");
        live.close(3000, "");
        hear("ended 3000");
    }

    @Test
    void closeAtOnceIsTheEnd() throws Exception {
        ReconnectingWebSocket live = new ReconnectingWebSocket(
                () -> {
                    throw new AssertionError("nobody is to be asked");
                },
                listener,
                ReconnectSettings.DEFAULT,
                timing);
        live.close(1000, "");
        live.attemptSoon();
        hear("ended 1000");
    }

    @Test
    void whatCannotBeIsNotTriedAgain() throws Exception {
        new ReconnectingWebSocket(
                        () -> WebSocket.builder("ftp://127.0.0.1/"), listener, ReconnectSettings.DEFAULT, timing)
                .attemptSoon();
        hear("ended 1006");
    }

    @Test
    void aSupplierThatFailsIsAFailedAttempt() throws Exception {
        int[] calls = {0};
        ReconnectingWebSocket live = new ReconnectingWebSocket(
                () -> {
                    calls[0]++;
                    throw new IllegalStateException("no token now");
                },
                listener,
                ReconnectSettings.DEFAULT,
                timing);
        live.attemptSoon();
        hear("away 1006 1000");
        timing.next().run();
        hear("away 1006 2000");
        live.close(1000, "");
        hear("ended 1000");
        assertThat(calls[0]).isEqualTo(2);
    }
}
