package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.OriginPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final int MOST = 40;
    private static final int MOST_PER_ADDRESS = 8;
    private static final Limits LIMITS = new Limits(1 << 20, 100, 16 << 10, MOST, MOST_PER_ADDRESS, 100, 64 << 10);

    private final TCPNIOTransport grizzly = TCPNIOTransportBuilder.newInstance().build();
    private final Connections connections = new Connections(LIMITS, TrustedProxies.NONE);
    private final Http http = new Http(
            new TransportSettings(
                    "127.0.0.1",
                    0,
                    null,
                    LIMITS,
                    Deadlines.DEFAULT,
                    new OriginPolicy(List.of(), List.of()),
                    TrustedProxies.NONE,
                    0),
            true,
            null,
            null,
            Hooks.NONE,
            null,
            connections,
            new RefusalLog(),
            () -> false);

    /** From an address of the documentation's network, without a socket. */
    private InboundConnection from(int host) {
        return new InboundConnection(
                new TCPNIOConnection(grizzly, null) {
                    @Override
                    public SocketAddress getPeerAddress() {
                        return new InetSocketAddress(address(host), 1);
                    }
                },
                false,
                http);
    }

    private static InetAddress address(int host) {
        try {
            return InetAddress.getByAddress(
                    host < 0 ? new byte[] {127, 0, 0, 1} : new byte[] {(byte) 192, 0, 2, (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneAddressHasNoMorePlacesThanItsLimit() {
        for (int i = 0; i < MOST_PER_ADDRESS; i++) {
            assertThat(connections.admit(from(1))).isNull();
        }
        assertThat(connections.admit(from(1))).contains("your address");
        assertThat(connections.admit(from(2))).isNull();
        assertThat(connections.total()).isEqualTo(MOST_PER_ADDRESS + 1);
    }

    @Test
    void loopbackIsBoundByTheTotalOnly() {
        for (int i = 0; i < MOST; i++) {
            assertThat(connections.admit(from(-1))).isNull();
        }
        assertThat(connections.admit(from(-1))).contains("the server has its 40 connections");
    }

    @Test
    void aConnectionThatLeavesTwiceGivesOnePlaceBack() {
        InboundConnection one = from(1);
        InboundConnection other = from(1);
        assertThat(connections.admit(one)).isNull();
        assertThat(connections.admit(other)).isNull();
        connections.left(one);
        connections.left(one);
        assertThat(connections.total()).isEqualTo(1);
        assertThat(connections.from(address(1))).isEqualTo(1);
    }

    @Test
    void aConnectionThatWasRefusedGivesNoPlaceBack() {
        for (int i = 0; i < MOST_PER_ADDRESS; i++) {
            assertThat(connections.admit(from(1))).isNull();
        }
        InboundConnection refused = from(1);
        assertThat(connections.admit(refused)).isNotNull();
        connections.left(refused);
        assertThat(connections.total()).isEqualTo(MOST_PER_ADDRESS);
        assertThat(connections.from(address(1))).isEqualTo(MOST_PER_ADDRESS);
    }

    @Test
    @DisplayName("row 35: the counts are the live connections after 10,000 steps with refusals")
    void theCountsAreTheLiveConnectionsAfterTenThousandSteps() {
        Random random = new Random(35);
        List<InboundConnection> live = new ArrayList<>();
        Map<InetAddress, Integer> expected = new HashMap<>();
        int refusals = 0;
        for (int step = 0; step < 10_000; step++) {
            if (random.nextInt(100) < 60) {
                InboundConnection connection = from(random.nextInt(10));
                int before = expected.getOrDefault(connection.remoteAddress(), 0);
                boolean full = live.size() == MOST || before == MOST_PER_ADDRESS;
                assertThat(connections.admit(connection) != null).isEqualTo(full);
                refusals += full ? 1 : 0;
                if (!full) {
                    live.add(connection);
                    expected.put(connection.remoteAddress(), before + 1);
                }
            } else if (!live.isEmpty()) {
                InboundConnection leaving = live.remove(random.nextInt(live.size()));
                connections.left(leaving);
                expected.merge(leaving.remoteAddress(), -1, Integer::sum);
            }
            assertThat(connections.total()).isEqualTo(live.size());
        }
        assertThat(refusals).isGreaterThan(1_000);
        expected.forEach(
                (address, count) -> assertThat(connections.from(address)).isEqualTo(count));
        assertThat(connections.live()).containsExactlyInAnyOrderElementsOf(live);
    }

    @Test
    @DisplayName("row 35: nothing is left of 40,000 connections that came and went on eight threads")
    void nothingIsLeftOfConnectionsThatCameAndWentOnManyThreads() {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            long seed = thread;
            threads.add(CompletableFuture.runAsync(
                    () -> comeAndGo(new Random(seed)), task -> new Thread(task, "churn").start()));
        }
        CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).join();
        assertThat(connections.total()).isZero();
        assertThat(connections.live()).isEmpty();
        for (int host = 0; host < 3; host++) {
            assertThat(connections.from(address(host))).isZero();
        }
    }

    private void comeAndGo(Random random) {
        for (int i = 0; i < 5_000; i++) {
            InboundConnection first = from(random.nextInt(3));
            InboundConnection second = from(random.nextInt(3));
            connections.admit(first);
            connections.admit(second);
            assertThat(connections.total()).isBetween(0, MOST);
            connections.left(first);
            connections.left(second);
            connections.left(first);
        }
    }
}
