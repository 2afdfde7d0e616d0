package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.transport.Deadlines;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints are told when a stop has to use force. */
class ForcedStopIT {
    private static final int PEERS = 50;
    private static final AtomicInteger CLOSED = new AtomicInteger();
    private static volatile CountDownLatch held = new CountDownLatch(0);
    private static volatile CountDownLatch entered = new CountDownLatch(0);

    /** Counts its ends; a message holds it up. */
    @ServerEndpoint("/held")
    public static final class Held {
        @OnMessage
        public void onText(String text) throws InterruptedException {
            entered.countDown();
            assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
        }

        @OnClose
        public void onClose(CloseReason reason) {
            CLOSED.incrementAndGet();
        }
    }

    private static WscratchServer.Builder builder() {
        Deadlines usual = Deadlines.DEFAULT;
        return WscratchServer.builder()
                .port(0)
                .endpoint(Held.class)
                .deadlines(new Deadlines(
                        usual.handshake(),
                        usual.frame(),
                        usual.write(),
                        usual.close(),
                        Duration.ofMillis(200),
                        Duration.ZERO,
                        usual.pingInterval(),
                        usual.idle()));
    }

    private static List<RawPeer> peers(WscratchServer server) throws Exception {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            peers.add(RawPeer.open(server.port(), "/held"));
        }
        return peers;
    }

    private static void closeAll(List<RawPeer> peers) throws Exception {
        for (RawPeer peer : peers) {
            peer.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void everySessionIsToldOfItsEndAlsoWhenItsPeerDoesNotAnswer(int workers) throws Exception {
        CLOSED.set(0);
        WscratchServer server = builder().workers(workers).start();
        List<RawPeer> peers = peers(server);
        server.close();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(CLOSED).hasValue(PEERS));
        closeAll(peers);
    }

    /** A callback that blocks is on its worker when the server has stopped; the ends queue behind it. */
    @Test
    void aSessionWhoseCallbackBlocksIsToldWhenItReturns() throws Exception {
        CLOSED.set(0);
        held = new CountDownLatch(1);
        entered = new CountDownLatch(2);
        WscratchServer server = builder().workers(2).start();
        List<RawPeer> peers = peers(server);
        for (RawPeer peer : peers) {
            peer.sendText("hold");
        }
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        server.close();
        assertThat(CLOSED.get()).isLessThan(PEERS);
        held.countDown();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(CLOSED).hasValue(PEERS));
        closeAll(peers);
    }
}
