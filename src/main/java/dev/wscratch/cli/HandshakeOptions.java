package dev.wscratch.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of {@code connect} about how the connection comes about. */
final class HandshakeOptions {
    private static final Duration LONGEST = Duration.ofHours(1);

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'K: V'",
            description = "one more header; repeatable; @FILE reads headers (and keeps secrets out of 'ps')")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-s", "--subprotocol"},
            paramLabel = "NAME",
            description = "repeatable, in order of preference")
    private List<String> subprotocols = new ArrayList<>();

    @Option(
            names = {"-o", "--origin"},
            paramLabel = "ORIGIN",
            description = "the page that a browser would name, such as http://localhost:8080")
    private @Nullable String origin;

    @Option(
            names = {"-e", "--extension"},
            paramLabel = "SPEC",
            description = "offer this, such as 'permessage-deflate; client_max_window_bits=10'; repeatable")
    private List<String> extensions = new ArrayList<>();

    @Option(names = "--no-compress", description = "do not offer permessage-deflate")
    private boolean noCompress;

    @Option(names = "--proxy", paramLabel = "URL", description = "tunnel through http://[user:password@]host:port")
    private @Nullable String proxy;

    @Option(names = "--cert", paramLabel = "FILE", description = "PEM: show this client certificate; needs --key")
    private @Nullable String cert;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM: its private key, unencrypted (PKCS #8)")
    private @Nullable String key;

    @ArgGroup(validate = false)
    private TrustOptions trust = new TrustOptions();

    @Option(
            names = "--connect-timeout",
            paramLabel = "DURATION",
            description = "how long it may take until the connection is open (default 10s)")
    private @Nullable String connectTimeout;

    /**
     * Reads and checks them.
     *
     * @param url as typed
     * @param reconnects attempts to come back, 0 for none
     * @throws UsageException when a value is no good
     */
    Dialling dialling(String url, int reconnects) {
        Duration timeout =
                connectTimeout == null ? null : new Value("--connect-timeout", connectTimeout).duration(LONGEST);
        return new Dialling(Target.url(url), trust(), fields(), subprotocols, offers(), proxy(), timeout, reconnects);
    }

    private @Nullable List<String> offers() {
        if (noCompress && !extensions.isEmpty()) {
            throw new UsageException("expected --extension or --no-compress, got both");
        }
        return noCompress ? List.of() : extensions.isEmpty() ? null : extensions;
    }

    private Trust.Settings trust() {
        return trust.settings(
                cert == null ? null : new Value("--cert", cert), key == null ? null : new Value("--key", key));
    }

    private List<String> fields() {
        List<String> fields = HandshakeAdditions.lines(headers);
        if (origin != null) {
            fields.add("Origin: " + new Value("--origin", origin).word());
        }
        return fields;
    }

    private @Nullable URI proxy() {
        if (proxy == null) {
            return null;
        }
        try {
            return new URI(proxy.contains("://") ? proxy : "http://" + proxy);
        } catch (URISyntaxException e) {
            // Its message has the password.
            throw new UsageException("--proxy: expected http://[user:password@]host:port");
        }
    }
}
