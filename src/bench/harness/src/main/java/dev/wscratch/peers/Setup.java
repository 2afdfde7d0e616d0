package dev.wscratch.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How every server of a run is started.
 *
 * @param root of the checkout
 * @param jvmFlags of those that are Java
 * @param cpus that a server may use, as {@code taskset -c} takes them
 * @param maxMessage the longest message that will come, in bytes
 * @param tls the key; null for plain TCP
 */
record Setup(Path root, List<String> jvmFlags, String cpus, int maxMessage, @Nullable TlsKey tls) {
    /** wscratch's own default: below it every bound stays as it is. */
    static final int DEFAULT_MAX_MESSAGE = 1 << 20;

    /** One cipher suite for every server, so that none is compared by its choice. */
    static final String SUITE = "TLS_AES_128_GCM_SHA256";

    /** How long a server may send nothing while messages are in flight. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Whom the load generator trusts; null for plain TCP. */
    @Nullable SSLContext trust() {
        return tls == null ? null : tls.trust();
    }

    Path logs() {
        return root.resolve("target/bench/logs");
    }
}
