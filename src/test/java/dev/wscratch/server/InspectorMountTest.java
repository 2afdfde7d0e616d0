package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.inspect.About;
import dev.wscratch.inspect.Labs;
import dev.wscratch.inspect.Outlet;
import dev.wscratch.inspect.Report;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
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
}
