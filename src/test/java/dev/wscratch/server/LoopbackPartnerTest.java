package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.inspect.Command;
import dev.wscratch.inspect.Observation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopbackPartnerTest {
    /** The page could never ask again: it may have one partner at a time. */
    @Test
    void aPartnerThatFailsIsOverAllTheSame() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        CompletableFuture<String> over = new CompletableFuture<>();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LoopbackPartner partner = new LoopbackPartner("127.0.0.1", listening.getLocalPort(), false)) {
            Command.Raw raw = new Command.Raw(1, 1, "/echo", List.of(), null, ByteBuffer.allocate(0));
            assertThat(partner.play(raw, new Broken(ended), over::complete)).isTrue();
            assertThat(over.get(10, TimeUnit.SECONDS)).isEqualTo("a partner that does not fail");
            assertThat(ended).isCompletedWithValue("the partner failed");
        }
    }

    /** Fails at the first byte. */
    private record Broken(CompletableFuture<String> end) implements Observation {
        @Override
        public void received(ByteBuffer bytes) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void upgraded(Predicate<List<ByteBuffer>> frames) {}

        @Override
        public void opened() {}

        @Override
        public void sent(ByteBuffer bytes) {}

        @Override
        public void ended(String cause) {
            end.complete(cause);
        }
    }
}
