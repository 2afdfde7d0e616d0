package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.inspect.About;
import dev.wscratch.inspect.Labs;
import dev.wscratch.inspect.Observation;
import dev.wscratch.inspect.Outlet;
import dev.wscratch.inspect.Report;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class InspectorMountTest {
    private static final String LAB = "0123456789abcdef0123456789abcdef";

    private static RequestHead head(String path) {
        ByteBuffer bytes = ByteBuffer.wrap(RawPeer.request(80, path).getBytes(ISO_8859_1));
        return (RequestHead) RequestHead.parse(bytes, HeadLimits.DEFAULT);
    }

    @Test
    void onlyAConnectionThatIsMarkedAndWatchedIsTapped() {
        try (Labs labs = new Labs(new About(true, "1", 1 << 20, 100, true, -1, 100))) {
            InspectorMount mount = new InspectorMount(labs);
            assertThat(mount.tap(head("/echo?lab=" + LAB + ".1"), false)).isNull();
            labs.watch(LAB, null, new Outlet() {
                @Override
                public void send(Report report, Runnable done) {}

                @Override
                public void tooSlow() {}

                @Override
                public void end(int code, String reason) {}
            });
            assertThat(mount.tap(head("/echo"), false)).isNull();
            assertThat(mount.tap(head("/echo?lab=" + "f".repeat(32) + ".1"), false))
                    .isNull();
            assertThat(mount.tap(head("/echo?lab=" + LAB + ".1"), false)).isNotNull();
        }
    }

    /** Fails at every byte that is sent, for want of memory. */
    private static final class Failing implements Observation {
        final List<String> told = new ArrayList<>();

        @Override
        public void received(ByteBuffer bytes) {
            told.add("received");
        }

        @Override
        public void upgraded(Predicate<List<ByteBuffer>> frames) {
            told.add("upgraded");
        }

        @Override
        public void opened() {
            told.add("opened");
        }

        @Override
        public void sent(ByteBuffer bytes) {
            throw new OutOfMemoryError("of a test");
        }

        @Override
        public void ended(String cause) {
            told.add(cause);
            throw new OutOfMemoryError("of a test");
        }
    }

    /** Found by review: an Error of the inspector's ended the connection, or kept its outbox waiting for ever. */
    @Test
    void anErrorEndsTheLookingAndNotTheConnection() {
        Failing observation = new Failing();
        InspectorMount.Tap tap = new InspectorMount.Tap(observation);
        tap.received(ByteBuffer.allocate(1));
        tap.sent(ByteBuffer.allocate(1));
        tap.sent(ByteBuffer.allocate(1));
        tap.received(ByteBuffer.allocate(1));
        tap.ended("gone");
        assertThat(observation.told).containsExactly("received", "the inspector failed; the connection goes on unseen");
    }
}
