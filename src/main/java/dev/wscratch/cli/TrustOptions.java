package dev.wscratch.cli;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a command trusts over TLS: two options that {@code connect}, {@code bench} and {@code check} share. */
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
        Trust.Settings trust = settings(null, null);
        trust.warn(streams, command);
        return trust.context();
    }

    /** With a certificate of our own, maybe. */
    Trust.Settings settings(@Nullable Value certificate, @Nullable Value key) {
        return new Trust.Settings(insecure, cacert == null ? null : new Value("--cacert", cacert), certificate, key);
    }
}
