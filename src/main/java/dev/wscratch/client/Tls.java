package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.ssl.SSLBaseFilter.HandshakeListener;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLFilter;

/** TLS below a {@code wss} connection: the link's trust, and a certificate that names the host. */
final class Tls {
    private Tls() {}

    static Filter filter(Address address, Link link) throws IOException {
        SSLContext context;
        try {
            context = link.tls();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("no usable TLS settings in this JVM: " + e.getMessage(), e);
        }
        SSLFilter filter = new Layer(new Configurator(context, address), address, link);
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

    /** Grizzly's filter, without two of its habits. */
    private static final class Layer extends SSLFilter {
        private final Address address;
        private final Link link;

        Layer(Configurator configurator, Address address, Link link) {
            super(null, configurator);
            this.address = address;
            this.link = link;
        }

        /** Tells the cause before the filter closes the connection, which would look like an end without one. */
        @Override
        @SuppressWarnings("rawtypes") // Grizzly declares it so, and only the same signature overrides it.
        protected void notifyHandshakeFailed(Connection connection, Throwable cause) {
            link.fail(
                    Step.TLS, "no TLS connection to " + address.uri().getHost() + ": " + cause.getMessage(), 0, cause);
            super.notifyHandshakeFailed(connection, cause);
        }

        /** Passes on what came in the same read as TLS's goodbye: the filter would drop it, and with it our Close frame. */
        @Override
        protected NextAction unwrapAll(FilterChainContext context, SSLConnectionContext tls) throws SSLException {
            Object encrypted = context.getMessage();
            NextAction next = super.unwrapAll(context, tls);
            boolean hasPlain = context.getMessage() != encrypted
                    && context.getMessage() instanceof Buffer plain
                    && plain.hasRemaining();
            return hasPlain && tls.getSslEngine().isInboundDone() ? context.getInvokeAction() : next;
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
            SSLEngine engine = super.createSSLEngine(address.uri().getHost(), address.port());
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
