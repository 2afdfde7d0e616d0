package dev.wscratch.cli;

import dev.wscratch.bench.Load;
import dev.wscratch.wire.HeaderField;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench} was asked for, checked.
 *
 * @param url to be shown
 * @param address of the server, perhaps unresolved
 * @param resource path and query
 * @param tls whom {@code wss} trusts; null for {@code ws}
 * @param headers more lines of the handshake
 * @param subprotocols to offer, best first
 * @param load what to send
 * @param rate messages per second; 0 for a closed loop
 * @param idle only to hold the connections open
 * @param threads of the generator
 * @param ramp over which connections are opened
 * @param warmUp before it counts
 * @param duration how long it counts
 * @param patience how long replies may stay away
 * @param serverPid the server's process; 0 for not said
 * @param format text, json or csv
 * @param hdr where the distribution of the latencies is written; null for nowhere
 * @param assertions what must come true
 */
record BenchSettings(
        String url,
        InetSocketAddress address,
        String resource,
        @Nullable SSLContext tls,
        List<HeaderField> headers,
        List<String> subprotocols,
        Load load,
        int rate,
        boolean idle,
        int threads,
        Duration ramp,
        Duration warmUp,
        Duration duration,
        Duration patience,
        long serverPid,
        String format,
        @Nullable Path hdr,
        List<BenchAssertion> assertions) {
    BenchSettings {
        assertions = List.copyOf(assertions);
    }

    /** Such as {@code open model 5,000 msg/s}. */
    boolean isOpenModel() {
        return rate > 0;
    }
}
