package dev.wscratch.transport;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS on a port of its own: who the server says it is, and whether clients must say it too. TLS 1.2 and 1.3 only.
 *
 * @param port 0 to 65535; 0 takes a free one
 * @param identity certificate and key; read again when the files change, without dropping a connection
 * @param clients whether clients show a certificate
 */
public record TlsSettings(int port, Identity identity, ClientCertificates clients) {
    /** How the message of a {@link java.net.BindException} begins when it is about the port of TLS. */
    public static final String PORT_TAKEN = "TLS port: ";

    /** Where certificate and key are. */
    public sealed interface Identity {}

    /**
     * Two PEM files.
     *
     * @param certificate the server's certificate, then those of its issuers
     * @param key its private key, not encrypted
     */
    public record Pem(Path certificate, Path key) implements Identity {}

    /**
     * One PKCS #12 file.
     *
     * @param store the file
     * @param password of the store and its key
     */
    public record Pkcs12(Path store, String password) implements Identity {
        /** Says nothing of the password. */
        @Override
        public String toString() {
            return "Pkcs12[store=" + store + "]";
        }
    }

    /**
     * A development certificate for this machine's own names, made once and kept, so that trusting it once is enough.
     *
     * @param folder where it is kept, readable by its owner only
     */
    public record SelfSigned(Path folder) implements Identity {
        /** {@return the certificate as PEM, for clients that are to trust it} */
        public Path certificate() {
            return DevelopmentCertificate.certificate(folder);
        }
    }

    /** Whether a client shows a certificate. */
    public enum ClientAuthentication {
        NONE,
        WANTED,
        NEEDED
    }

    /**
     * What is asked of clients.
     *
     * @param authentication whether they show a certificate
     * @param trusted PEM file of the issuers that are trusted; null unless certificates are asked for
     */
    public record ClientCertificates(ClientAuthentication authentication, @Nullable Path trusted) {
        /** Clients show nothing. */
        public static final ClientCertificates NONE = new ClientCertificates(ClientAuthentication.NONE, null);

        /** Both or neither. */
        public ClientCertificates {
            if ((authentication == ClientAuthentication.NONE) != (trusted == null)) {
                throw new IllegalArgumentException(
                        "client certificates: expected the trusted issuers when, and only when,"
                                + " clients are asked for a certificate; got " + authentication + " and "
                                + (trusted == null ? "no issuers" : trusted));
            }
        }
    }

    /** Checks the port. */
    public TlsSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("TLS port: expected 0 to 65535 (0 takes a free one), got " + port);
        }
    }
}
