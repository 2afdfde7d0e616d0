package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.transport.Deadlines;
import dev.wscratch.transport.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The first promise: what many clients that each hold as much as they can take from the server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class HoardFaultsIT {
    private static final int CLIENTS = 100;
    private static final int MESSAGE = 64 << 10;

    /** A fragmented message, the frame under way (its buffer doubles), the send queue, and the connection itself. */
    private static final long HEAP_OF_EACH = 6L * MESSAGE;

    @RegisterExtension
    private final ServerUnderFault server;

    HoardFaultsIT(Scheme scheme) {
        server = new ServerUnderFault(scheme, builder -> builder.limits(Limits.DEFAULT.withMaxMessage(MESSAGE))
                .deadlines(Deadlines.DEFAULT));
    }

    @Test
    @DisplayName("promise 1: a client that holds all it can takes bounded heap, no thread and one descriptor")
    void aClientThatHoldsAllItCanTakesBoundedHeapNoThreadAndOneDescriptor() throws IOException {
        Footprint before = Footprint.now();
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RawPeer peer = server.open("/echo");
            peers.add(peer);
            // Half a message in a whole fragment, most of the rest in a frame that never ends.
            peer.send(RawPeer.frame(0x02, new byte[MESSAGE / 2]));
            peer.send(RawPeer.header(0x80, MESSAGE / 2));
            peer.send(new byte[MESSAGE / 2 - 1]);
        }
        for (RawPeer peer : peers) {
            assertThat(peer.socket().isConnected()).isTrue();
            awaitTaken(peer);
        }
        Footprint during = Footprint.now();
        assertThat(during.threads()).hasSizeLessThanOrEqualTo(before.threads().size() + 2);
        // The client's end of each connection is a descriptor of this process as well.
        assertThat(during.descriptors()).isLessThanOrEqualTo(before.descriptors() + 2 * CLIENTS + 12);
        assertThat(during.heap()).isLessThanOrEqualTo(before.heap() + CLIENTS * HEAP_OF_EACH + (4L << 20));
        assertThat(during.heap())
                .as("the test holds something at all")
                .isGreaterThan(before.heap() + CLIENTS * (MESSAGE / 2L));
    }

    /** The server has read all that was sent when nothing of it waits in the kernel. */
    private void awaitTaken(RawPeer peer) {
        await().atMost(Duration.ofSeconds(10))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> TcpTable.unreadBytes(server.port(), peer.socket().getLocalPort()) == 0);
    }
}
