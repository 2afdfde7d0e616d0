package dev.wscratch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom a command trusts over TLS, where the user says something else than the JVM. */
final class Trust {
    /**
     * What the user said about it.
     *
     * @param insecure whether anybody is trusted
     * @param authorities the PEM file of those who are trusted; null for whom the JVM trusts
     * @param certificate the PEM file with our own certificate, or null
     * @param key the PEM file with its private key; null if there is no certificate
     */
    record Settings(boolean insecure, @Nullable Value authorities, @Nullable Value certificate, @Nullable Value key) {
        /** Refuses what contradicts itself, or is half of something. */
        Settings {
            if (authorities != null && insecure) {
                throw new UsageException("expected --cacert or --insecure, got both");
            }
            if ((certificate == null) != (key == null)) {
                throw new UsageException(
                        "expected --cert and --key together, got " + (certificate == null ? "--key" : "--cert"));
            }
        }

        /** Says what {@code --insecure} means, to whom asked for it. */
        void warn(Streams streams, String command) {
            if (insecure) {
                streams.say(
                        "wscratch " + command + ": warning: --insecure: anybody may have answered, nothing is checked");
            }
        }

        /** Whether the JVM's own list says whom to trust. */
        boolean isDefault() {
            return !insecure && authorities == null;
        }

        /** {@return null if the JVM's own will do} */
        @Nullable SSLContext context() throws GeneralSecurityException {
            if (!insecure && authorities == null && certificate == null) {
                return null;
            }
            TrustManager[] trusted =
                    insecure ? new TrustManager[] {new Everybody()} : authorities == null ? null : ofFile(authorities);
            KeyManager[] ours = certificate == null || key == null ? null : OwnCertificate.of(certificate, key);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(ours, trusted, null);
            return context;
        }
    }

    private Trust() {}

    /**
     * Only the certificates of a PEM file, and those that they have signed.
     *
     * @param given the path, and who gave it
     * @throws UsageException when there is no certificate in it
     */
    private static TrustManager[] ofFile(Value given) {
        Path path = given.path();
        try (InputStream in = Files.newInputStream(path)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw given.wrong("a PEM file with -----BEGIN CERTIFICATE-----");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("certificate-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException e) {
            throw given.wrong("a file that can be read (" + Printable.of(String.valueOf(e)) + ")");
        } catch (GeneralSecurityException e) {
            throw given.wrong("a PEM file with certificates (" + Printable.of(String.valueOf(e.getMessage())) + ")");
        }
    }

    /** Looks at nothing; extended, or the JDK would go on to check the name. */
    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
