package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.transport.Deadlines;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Row 40 in small: what leaks a little leaks a lot after a hundred thousand times. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class SoakFaultsIT {
    private static final int MESSAGES = 100_000;
    private static final int WARM_UP = 200;
    private static final int LARGE_ECHOES = 40;

    @RegisterExtension
    private final ServerUnderFault server;

    private final int connections;

    SoakFaultsIT(Scheme scheme) {
        server = new ServerUnderFault(scheme, builder -> builder.deadlines(Deadlines.DEFAULT));
        connections = scheme == Scheme.WS ? 2_000 : 500;
    }

    @Test
    @DisplayName("row 40: 100,000 messages leave nothing behind")
    void aHundredThousandMessagesLeaveNothingBehind() throws IOException {
        RawPeer peer = server.open("/echo");
        long before = Footprint.heapAfterCollection();
        byte[] frame = RawPeer.frame(0x81, new byte[] {'h', 'i'});
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(peer, frame));
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(peer.readFrame().payload()).hasSize(2);
        }
        sending.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(Footprint.heapAfterCollection()).isLessThan(before + (4 << 20));
    }

    private static void send(RawPeer peer, byte[] frame) {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                peer.send(frame);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("row 40: many connections that open, echo and close leave nothing behind")
    void manyConnectionsThatOpenEchoAndCloseLeaveNothingBehind() throws IOException {
        openEchoClose(WARM_UP);
        long heap = Footprint.heapAfterCollection();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        openEchoClose(connections);
        assertThat(Footprint.heapAfterCollection()).isLessThan(heap + (4 << 20));
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThanOrEqualTo(threads + 1);
        assertThat(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount())
                .isLessThan(classes + 100);
    }

    @Test
    @DisplayName("row 40: connections that once echoed 1 MiB and go on do not keep its buffer")
    void aLargeMessageLeavesNoLargeBufferBehind() throws IOException {
        byte[] large = new byte[1 << 20];
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < LARGE_ECHOES; i++) {
            peers.add(server.open("/echo"));
        }
        long before = Footprint.heapAfterCollection();
        for (RawPeer peer : peers) {
            for (int opcode : new int[] {RawPeer.TEXT, RawPeer.BINARY}) {
                peer.send(RawPeer.frame(0x80 | opcode, large));
                assertThat(peer.readFrame().payload()).hasSize(large.length);
            }
            peer.sendText("hi");
            assertThat(peer.readFrame().text()).isEqualTo("hi");
        }
        assertThat(Footprint.heapAfterCollection()).isLessThan(before + LARGE_ECHOES * (128L << 10));
    }

    private void openEchoClose(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (RawPeer peer = server.dial("/echo")) {
                peer.sendText("hi");
                assertThat(peer.readFrame().text()).isEqualTo("hi");
                peer.sendClose(1000, "");
                assertThat(peer.readClose().closeCode()).isEqualTo(1000);
                assertThat(peer.readsEnd()).isTrue();
            }
        }
    }
}
