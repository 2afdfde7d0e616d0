package dev.wscratch.cli;

import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TlsSettings.ClientAuthentication;
import dev.wscratch.transport.TlsSettings.ClientCertificates;
import dev.wscratch.transport.TlsSettings.Identity;
import dev.wscratch.transport.TlsSettings.Pem;
import dev.wscratch.transport.TlsSettings.Pkcs12;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code serve} was asked for about TLS: it is on when there is a certificate. */
final class ServeTls {
    /** What switches TLS on. */
    static final String CERTIFICATES = "--tls-cert with --tls-key, --tls-pkcs12 or --tls-self-signed";

    private final Sources from;

    private ServeTls(Sources from) {
        this.from = from;
    }

    /**
     * Reads the settings of TLS.
     *
     * @return null without a certificate
     * @throws UsageException when they contradict each other
     */
    static @Nullable TlsSettings of(Sources from) {
        return new ServeTls(from).settings();
    }

    private @Nullable TlsSettings settings() {
        int port = from.value(ServeOption.TLS_PORT).number(0, 65_535);
        together(ServeOption.TLS_CERT, ServeOption.TLS_KEY);
        together(ServeOption.TLS_KEY, ServeOption.TLS_CERT);
        together(ServeOption.TLS_PASSWORD, ServeOption.TLS_PKCS12);
        Map<String, Identity> identities = identities();
        if (identities.size() > 1) {
            throw new UsageException(
                    "expected one certificate, got those of " + String.join(" and ", identities.keySet()));
        }
        if (identities.isEmpty()) {
            pointless(ServeOption.TLS_PORT);
            pointless(ServeOption.TLS_CLIENT_CA);
            return null;
        }
        return new TlsSettings(port, identities.values().iterator().next(), clients());
    }

    /** Each by the place that it was asked for at. */
    private Map<String, Identity> identities() {
        Map<String, Identity> identities = new LinkedHashMap<>();
        Value certificate = from.value(ServeOption.TLS_CERT);
        if (!certificate.text().isEmpty()) {
            Path key = from.value(ServeOption.TLS_KEY).path();
            identities.put(certificate.source(), new Pem(certificate.path(), key));
        }
        Value store = from.value(ServeOption.TLS_PKCS12);
        if (!store.text().isEmpty()) {
            String password = from.value(ServeOption.TLS_PASSWORD).text();
            identities.put(store.source(), new Pkcs12(store.path(), password));
        }
        Value selfSigned = from.value(ServeOption.TLS_SELF_SIGNED);
        if (selfSigned.truth()) {
            identities.put(selfSigned.source(), new SelfSigned(folder(from.environment())));
        }
        return identities;
    }

    private ClientCertificates clients() {
        Value issuers = from.value(ServeOption.TLS_CLIENT_CA);
        return issuers.text().isEmpty()
                ? ClientCertificates.NONE
                : new ClientCertificates(ClientAuthentication.NEEDED, issuers.path());
    }

    /** The one needs the other; neither value is shown, since one of them is a password. */
    private void together(ServeOption given, ServeOption needed) {
        if (from.isAsked(given) && !from.isAsked(needed)) {
            throw new UsageException(
                    from.value(given).source() + ": expected " + needed.flag() + " beside it, got none");
        }
    }

    private void pointless(ServeOption option) {
        if (from.isAsked(option)) {
            throw new UsageException(from.value(option).source() + ": expected a certificate beside it (" + CERTIFICATES
                    + "), got none");
        }
    }

    /**
     * The user's configuration folder as the XDG Base Directory Specification has it, which ignores a relative path.
     *
     * @throws UsageException when there is none
     */
    static Path folder(Environment environment) {
        Path base = environment
                .first("XDG_CONFIG_HOME")
                .map(Value::path)
                .filter(Path::isAbsolute)
                .or(() -> environment.first("HOME").map(home -> home.path().resolve(".config")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"));
        return base.resolve("wscratch");
    }
}
