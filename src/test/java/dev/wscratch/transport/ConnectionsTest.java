package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** 192.0.2.x are addresses of clients, 10.0.0.1 is a trusted proxy; at most 8 connections, 3 per address. */
class ConnectionsTest {
    private static final int MOST = 8;
    private static final int PER_ADDRESS = 3;
    private static final Limits LIMITS = new Limits(1 << 20, 100, 16 << 10, MOST, PER_ADDRESS, 100, 64 << 10);
    private static final TrustedProxies PROXIES = new TrustedProxies(List.of("10.0.0.1"));

    private final InMemory memory = new InMemory();
    private final Connections connections = new Connections(LIMITS, PROXIES);

    private InboundConnection from(String remote) throws Exception {
        return new InboundConnection(new FakeTcp(remote), memory.http());
    }

    private InboundConnection admitted(String remote) throws Exception {
        InboundConnection connection = from(remote);
        assertThat(connections.admit(connection)).isNull();
        return connection;
    }

    @Test
    void oneConnectionTooManyIsRefusedUntilAnotherLeaves() throws Exception {
        List<InboundConnection> admitted = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            admitted.add(admitted("192.0.2." + i));
        }
        assertThat(connections.admit(from("192.0.2.99"))).contains("the server has its 8 connections");
        connections.left(admitted.get(0));
        assertThat(connections.admit(from("192.0.2.99"))).isNull();
    }

    @Test
    void oneConnectionTooManyOfAnAddressIsRefusedUntilAnotherLeaves() throws Exception {
        InboundConnection first = admitted("192.0.2.1");
        admitted("192.0.2.1");
        admitted("192.0.2.1");
        assertThat(connections.admit(from("192.0.2.1"))).contains("your address has its 3 connections");
        assertThat(connections.total()).as("the refused one has no place").isEqualTo(3);
        admitted("192.0.2.2");
        connections.left(first);
        admitted("192.0.2.1");
    }

    @Test
    void theAddressesOfOneIpv6NetworkOf64BitsCountTogether() throws Exception {
        for (int i = 1; i <= PER_ADDRESS; i++) {
            admitted("2001:db8:0:1::" + i);
        }
        InboundConnection neighbour = from("2001:db8:0:1:ffff::1");
        assertThat(connections.admit(neighbour)).contains("your address has its 3 connections");
        assertThat(connections.from(FakeTcp.address("2001:db8:0:1::9"))).isEqualTo(PER_ADDRESS);
        admitted("2001:db8:0:2::1");
    }

    @Test
    void loopbackIsExemptFromTheLimitPerAddress() throws Exception {
        for (int i = 0; i < MOST; i++) {
            admitted(i % 2 == 0 ? "127.0.0.1" : "::1");
        }
        assertThat(connections.total()).isEqualTo(MOST);
        assertThat(connections.from(FakeTcp.address("127.0.0.1"))).isZero();
    }

    @Test
    void aProxyItselfDoesNotCountButTheClientsBehindItDo() throws Exception {
        for (int i = 0; i < PER_ADDRESS; i++) {
            InboundConnection connection = admitted("10.0.0.1");
            connection.clientIs(FakeTcp.address("192.0.2.1"));
            assertThat(connections.admitClient(connection)).isNull();
        }
        InboundConnection oneMore = admitted("10.0.0.1");
        oneMore.clientIs(FakeTcp.address("192.0.2.1"));
        assertThat(connections.admitClient(oneMore)).contains("your address");
        InboundConnection another = admitted("10.0.0.1");
        another.clientIs(FakeTcp.address("192.0.2.2"));
        assertThat(connections.admitClient(another)).isNull();
        assertThat(connections.from(FakeTcp.address("10.0.0.1"))).isZero();
    }

    @Test
    void leavingTwiceGivesOnePlaceBack() throws Exception {
        InboundConnection first = admitted("192.0.2.1");
        admitted("192.0.2.1");
        connections.left(first);
        connections.left(first);
        assertThat(connections.total()).isEqualTo(1);
        assertThat(connections.from(FakeTcp.address("192.0.2.1"))).isEqualTo(1);
    }

    @Test
    void aClientWhoseConnectionIsGoneAlreadyTakesNoPlace() throws Exception {
        InboundConnection connection = admitted("10.0.0.1");
        connection.clientIs(FakeTcp.address("192.0.2.1"));
        connections.left(connection);
        assertThat(connections.admitClient(connection)).isNull();
        assertThat(connections.from(FakeTcp.address("192.0.2.1"))).isZero();
    }

    @Test
    void theCountsAreTheLiveConnectionsAfterAnySequence() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Connections counted = new Connections(LIMITS, PROXIES);
            List<InboundConnection> live = new ArrayList<>();
            Map<InboundConnection, InetAddress> behindProxy = new HashMap<>();
            for (int step = 0; step < 100; step++) {
                step(random, counted, live, behindProxy);
                assertCounts(counted, live, behindProxy, "seed " + seed + " step " + step);
            }
            live.forEach(counted::left);
            assertCounts(counted, List.of(), Map.of(), "seed " + seed + " when all have left");
        }
    }

    private void step(
            Random random,
            Connections counted,
            List<InboundConnection> live,
            Map<InboundConnection, InetAddress> behindProxy)
            throws Exception {
        InboundConnection some = live.isEmpty() ? null : live.get(random.nextInt(live.size()));
        switch (random.nextInt(3)) {
            case 0 -> {
                String[] remotes = {"127.0.0.1", "10.0.0.1", "10.0.0.1", "192.0.2.1", "192.0.2.2"};
                InboundConnection connection = from(remotes[random.nextInt(remotes.length)]);
                if (counted.admit(connection) == null) {
                    live.add(connection);
                }
            }
            case 1 -> {
                if (some != null) {
                    counted.left(some);
                    counted.left(some);
                    live.remove(some);
                    behindProxy.remove(some);
                }
            }
            default -> {
                // Once for each connection: it is upgraded once.
                if (some != null
                        && !behindProxy.containsKey(some)
                        && some.remoteAddress().equals(proxy())) {
                    some.clientIs(FakeTcp.address("192.0.2." + (1 + random.nextInt(2))));
                    if (counted.admitClient(some) == null) {
                        behindProxy.put(some, some.clientAddress());
                    }
                }
            }
        }
    }

    private static InetAddress proxy() {
        return FakeTcp.address("10.0.0.1");
    }

    private static void assertCounts(
            Connections counted,
            List<InboundConnection> live,
            Map<InboundConnection, InetAddress> behindProxy,
            String when) {
        assertThat(counted.total()).as(when).isEqualTo(live.size()).isLessThanOrEqualTo(MOST);
        assertThat(counted.live()).as(when).containsExactlyInAnyOrderElementsOf(live);
        for (String address : List.of("192.0.2.1", "192.0.2.2")) {
            InetAddress inet = FakeTcp.address(address);
            long expected = live.stream()
                            .filter(one -> one.remoteAddress().equals(inet))
                            .count()
                    + behindProxy.values().stream().filter(inet::equals).count();
            assertThat((long) counted.from(inet))
                    .as("%s, %s", when, address)
                    .isEqualTo(expected)
                    .isLessThanOrEqualTo(PER_ADDRESS);
        }
        assertThat(counted.from(proxy())).as(when).isZero();
    }

    @Test
    void theCountsHoldWhenManyThreadsComeAndGo() throws Exception {
        memory.http();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                all.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < 500; i++) {
                        InboundConnection connection = from("192.0.2.1");
                        if (connections.admit(connection) == null) {
                            connections.left(connection);
                        }
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get(10, java.util.concurrent.TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(connections.total()).isZero();
        assertThat(connections.from(FakeTcp.address("192.0.2.1"))).isZero();
        assertThat(connections.live()).isEmpty();
    }

    @Test
    void waitingForUpgradedOnesEndsAtOnceWhenThereIsNone() throws Exception {
        admitted("192.0.2.1");
        long before = System.nanoTime();
        connections.awaitNoneUpgraded(Duration.ofSeconds(30));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }
}
