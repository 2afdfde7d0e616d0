package dev.wscratch.cli;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a command trusts over TLS: two options that {@code bench} and {@code check} share. */
final class TrustOptions {
    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "PEM: trust these certificates, and whom they signed, instead of Java's")
    private @Nullable String cacert;

    @Option(
            names = {"-k", "--insecure"},
            description = "check neither the server's certificate nor its name")
    private boolean insecure;

    /**
     * What they say; with {@code --insecure} a warning is said too.
     *
     * @param command for the warning
     * @return null for whom the JVM trusts
     */
    @Nullable SSLContext context(Streams streams, String command) throws GeneralSecurityException {
        if (cacert != null && insecure) {
            throw new UsageException("expected --cacert or --insecure, got both");
        }
        if (insecure) {
            streams.say("wscratch " + command + ": warning: --insecure: anybody may have answered, nothing is checked");
        }
        Value authorities = cacert == null ? null : new Value("--cacert", cacert);
        return new Trust.Settings(insecure, authorities, null, null).context();
    }
}
