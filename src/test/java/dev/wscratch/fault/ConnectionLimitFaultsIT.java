package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.transport.Deadlines;
import dev.wscratch.transport.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Row 35: more connections than there are places. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class ConnectionLimitFaultsIT {
    /** The neighbour has one of them. */
    private static final int PLACES = 30;

    private static final int FREE = PLACES - 1;

    @RegisterExtension
    private final ServerUnderFault server;

    private final Scheme scheme;

    ConnectionLimitFaultsIT(Scheme scheme) {
        this.scheme = scheme;
        server = new ServerUnderFault(scheme, builder -> builder.deadlines(Deadlines.DEFAULT)
                .limits(Limits.DEFAULT.withMaxConnections(PLACES)));
    }

    @Test
    @DisplayName("row 35: sockets that never upgrade count, and one too many is told 503, or over TLS ended")
    void socketsThatNeverUpgradeCountAndOneTooManyIsTold503() throws IOException {
        for (int i = 0; i < 10; i++) {
            server.open("/echo");
        }
        List<RawPeer> silent = new ArrayList<>();
        for (int i = 10; i < FREE; i++) {
            silent.add(server.connect());
        }
        RawPeer tooMany = dialIfPossible();
        if (scheme == Scheme.WS) {
            assertThat(tooMany.readResponse())
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("\r\nRetry-After: ")
                    .containsIgnoringCase("\r\nConnection: close\r\n");
        }
        // An answer over TLS would cost a handshake, which is more than there are places for.
        assertThat(tooMany == null || tooMany.readsEnd()).isTrue();
        if (tooMany != null) {
            tooMany.close();
        }
        silent.get(0).close();
        await().atMost(Duration.ofSeconds(5)).pollInSameThread().until(this::aPlaceIsFree);
    }

    @Test
    @DisplayName(
            "row 35: after thousands of connections that came, were refused, left or were reset, all places are free")
    void afterThousandsOfConnectionsAllPlacesAreFree() throws IOException {
        // A thousand TLS handshakes take as long as ten thousand connections without.
        int churn = scheme == Scheme.WS ? 10_000 : 1_500;
        Random random = new Random(35);
        Deque<RawPeer> open = new ArrayDeque<>();
        for (int i = 0; i < churn; i++) {
            RawPeer peer = dialIfPossible();
            if (peer == null) {
                continue;
            }
            open.add(peer);
            if (random.nextInt(4) == 0) {
                sendIfPossible(peer, RawPeer.request(server.port(), "/echo"));
            }
            // Up to twice as many as there are places, so that about half are refused.
            while (open.size() > random.nextInt(2 * PLACES)) {
                RawPeer leaving = open.remove();
                if (random.nextBoolean()) {
                    leaving.reset();
                } else {
                    leaving.close();
                }
            }
        }
        for (RawPeer peer : open) {
            peer.close();
        }
        await().atMost(Duration.ofSeconds(10)).pollInSameThread().until(this::allPlacesAreFreeAndNoMore);
    }

    /** Null when the connection was refused, by a reset, before it was known here. */
    private RawPeer dialIfPossible() throws IOException {
        try {
            return server.dial();
        } catch (SocketException refusedAlready) {
            assertThat(refusedAlready).hasMessageContaining("reset");
            return null;
        }
    }

    private static void sendIfPossible(RawPeer peer, String request) {
        try {
            peer.send(request);
        } catch (IOException refusedAlready) {
            assertThat(peer.socket().isConnected()).isTrue();
        }
    }

    private boolean aPlaceIsFree() throws IOException {
        RawPeer peer = dialIfPossible();
        if (peer == null) {
            return false;
        }
        try (peer) {
            return isWelcome(peer);
        }
    }

    private boolean allPlacesAreFreeAndNoMore() throws IOException {
        List<RawPeer> peers = new ArrayList<>();
        try {
            int welcome = 0;
            for (int i = 0; i < FREE + 5; i++) {
                RawPeer peer = dialIfPossible();
                if (peer == null) {
                    continue;
                }
                peers.add(peer);
                welcome += isWelcome(peer) ? 1 : 0;
            }
            return welcome == FREE;
        } finally {
            for (RawPeer peer : peers) {
                peer.close();
            }
        }
    }

    private static boolean isWelcome(RawPeer peer) throws IOException {
        try {
            return peer.handshake("/echo").startsWith("HTTP/1.1 101 ");
        } catch (EOFException | SocketException refused) {
            return false;
        }
    }
}
