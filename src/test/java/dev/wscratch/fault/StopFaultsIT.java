package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.server.WscratchServer;
import dev.wscratch.transport.Deadlines;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Row 42: the end of the server, with peers of every kind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class StopFaultsIT {
    private static final Duration DRAIN = Quick.DEADLINES.drain();

    /** The drain, and not the write deadline, ends a peer that never reads. */
    private static final Deadlines DEADLINES = new Deadlines(
            Quick.HANDSHAKE,
            Quick.STEP,
            DRAIN.multipliedBy(5),
            Quick.STEP,
            DRAIN,
            Duration.ZERO,
            Duration.ofSeconds(60),
            Duration.ZERO);

    private final Scheme scheme;
    private WscratchServer server;
    private int port;
    private Recorded.Log log;

    StopFaultsIT(Scheme scheme) {
        this.scheme = scheme;
    }

    @BeforeEach
    void start() throws IOException {
        log = Recorded.log();
        server = scheme.listening(WscratchServer.builder())
                .deadlines(DEADLINES)
                .endpoint(Recorded.class)
                .start();
        port = scheme.port(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("row 42: stop sends 1001 to all, with and without a message under way, and frees the port")
    void stopSends1001ToAllAndFreesThePort() throws Exception {
        Footprint before = Footprint.now();
        List<RawPeer> peers = new ArrayList<>();
        List<Recorded.Log> logs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Recorded.Log each = Recorded.log();
            logs.add(each);
            RawPeer peer = scheme.open(port, each.path());
            peers.add(peer);
        }
        for (int i = 0; i < peers.size(); i += 2) {
            peers.get(i).send(RawPeer.header(0x82, 1_000));
        }
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
        for (RawPeer peer : peers) {
            assertThat(peer.readClose().closeCode()).isEqualTo(1001);
            peer.close();
        }
        stopping.orTimeout(DRAIN.plus(Quick.SLACK).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        for (Recorded.Log each : logs) {
            assertThat(each.closeCode()).isEqualTo(1001);
        }
        assertThatThrownBy(() -> scheme.connect(port)).isInstanceOf(ConnectException.class);
        server.close();
        try (WscratchServer next = WscratchServer.builder().port(port).start()) {
            assertThat(next.port()).isEqualTo(port);
        }
        before.assertIsBackSoon();
    }

    @Test
    @DisplayName("row 42: during the drain a new handshake is refused with 503, and stop returns at its deadline")
    void duringTheDrainAHandshakeIsRefusedAndStopReturnsInTime() throws Exception {
        // One peer that never reads or answers keeps the drain going as long as it can; one has not yet upgraded.
        RawPeer stuck = scheme.openWithSmallBuffer(port, log.path());
        Future<Void> sent = log.session().getAsyncRemote().sendBinary(ByteBuffer.allocate(8 << 20));
        long start = System.nanoTime();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
        assertThat(log.closeCode()).isEqualTo(1001);
        try (RawPeer late = scheme.connect(port)) {
            late.send(RawPeer.request(port, "/echo"));
            assertThat(late.readResponse()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nRetry-After: ");
        }
        stopping.orTimeout(DRAIN.plus(Quick.SLACK).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DRAIN.plus(Quick.SLACK));
        assertThat(TcpTable.isGone(port, stuck.socket().getLocalPort())).isTrue();
        assertThatThrownBy(() -> sent.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        log.assertClosedOnce();
        stuck.close();
    }

    @Test
    @DisplayName("row 42: stopping from eight threads at once is one stop")
    void stoppingFromManyThreadsIsOneStop() throws Exception {
        RawPeer peer = scheme.open(port, log.path());
        log.session();
        List<CompletableFuture<Void>> stops = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            stops.add(CompletableFuture.runAsync(server::close, task -> new Thread(task, "stop").start()));
        }
        assertThat(peer.readClose().closeCode()).isEqualTo(1001);
        peer.sendClose(1001, "");
        assertThat(peer.readsEnd()).isTrue();
        CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new))
                .orTimeout(DRAIN.plus(Quick.SLACK).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        assertThat(log.closeCode()).isEqualTo(1001);
        peer.close();
    }
}
