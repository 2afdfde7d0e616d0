package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.transport.TlsRecords;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.ssl.SSLBaseFilter.HandshakeListener;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLFilter;

/** TLS below a {@code wss} connection: the link's context, or the JVM's, and a certificate that names the host. */
final class Tls {
    private Tls() {}

    static Layer filter(Address address, Link link) throws IOException {
        SSLContext context = link.tls;
        try {
            context = context == null ? SSLContext.getDefault() : context;
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("no usable TLS settings in this JVM: " + e.getMessage(), e);
        }
        Layer filter = new Layer(new Configurator(context, address), address, link);
        filter.addHandshakeListener(new Progress(link));
        return filter;
    }

    /** Tells the link how far the handshake is; its failure is told by {@link Layer}, which hears of it first. */
    private record Progress(Link link) implements HandshakeListener {
        @Override
        public void onStart(Connection<?> connection) {
            link.reached(Step.TLS);
        }

        @Override
        public void onComplete(Connection<?> connection) {
            link.reached(Step.HANDSHAKE);
        }

        @Override
        public void onFailure(Connection<?> connection, Throwable cause) {
            // Layer has told it.
        }
    }

    /** Grizzly's handshake, and {@link TlsRecords} after it. */
    static final class Layer extends SSLFilter {
        private final Address address;
        private final Link link;

        /** Answers at once: Grizzly would take a later write for the start of another handshake. */
        private final TlsRecords records = new TlsRecords(this, this::sayGoodbye);

        Layer(Configurator configurator, Address address, Link link) {
            super(null, configurator);
            this.address = address;
            this.link = link;
        }

        /** Tells the cause before the filter closes the connection, which would look like an end without one. */
        @Override
        @SuppressWarnings("rawtypes") // Grizzly declares it so, and only the same signature overrides it.
        protected void notifyHandshakeFailed(Connection connection, Throwable cause) {
            link.fail(Step.TLS, "no TLS connection to " + address.host() + ": " + why(cause), 0, cause);
            super.notifyHandshakeFailed(connection, cause);
        }

        /** The library's outermost words for a date that is over are that a path did not validate. */
        private static String why(Throwable cause) {
            for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
                if (inner instanceof CertificateExpiredException) {
                    return "its certificate has expired (" + inner.getMessage() + ")";
                }
                if (inner instanceof CertificateNotYetValidException) {
                    return "its certificate is not valid yet (" + inner.getMessage() + ")";
                }
            }
            return String.valueOf(cause.getMessage());
        }

        @Override
        public NextAction handleRead(FilterChainContext context) throws IOException {
            SSLConnectionContext tls = obtainSslConnectionContext(context.getConnection());
            return TlsRecords.isEstablished(tls) ? unwrapAll(context, tls) : super.handleRead(context);
        }

        @Override
        protected NextAction unwrapAll(FilterChainContext context, SSLConnectionContext tls) throws SSLException {
            try {
                return records.unwrapAll(context, tls);
            } catch (SSLException e) {
                // Such as the alert of a server that refuses our certificate: TLS 1.3 lets it say so behind the
                // handshake.
                link.broken(e);
                throw e;
            }
        }

        /** Says, behind what was written, that nothing more will come. */
        void sayGoodbye(Connection<?> connection) {
            records.sayGoodbye(connection, () -> {});
        }
    }

    /** Names the host in the handshake (SNI), and has it checked against the certificate, RFC 9110 section 4.3.4. */
    private static final class Configurator extends SSLEngineConfigurator {
        private final Address address;

        Configurator(SSLContext context, Address address) {
            super(context, true, false, false);
            this.address = address;
        }

        @Override
        public SSLEngine createSSLEngine(String host, int port) {
            SSLEngine engine = super.createSSLEngine(address.host(), address.port());
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
            return engine;
        }

        @Override
        public SSLEngineConfigurator copy() {
            return new Configurator(getSslContext(), address);
        }
    }
}
