package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.ssl.SSLBaseFilter.HandshakeListener;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLFilter;

/** TLS below a {@code wss} connection: the JVM's trust store, and a certificate that names the host. */
final class Tls {
    private Tls() {}

    static Filter filter(Address address, Link link) throws IOException {
        SSLContext context;
        try {
            context = SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("no usable TLS settings in this JVM: " + e.getMessage(), e);
        }
        SSLFilter filter = new SSLFilter(null, new Configurator(context, address));
        filter.addHandshakeListener(new HandshakeListener() {
            @Override
            public void onInit(Connection<?> connection, SSLEngine engine) {
                link.reached(Step.TLS);
            }

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
                link.fail(
                        Step.TLS,
                        "no TLS connection to " + address.uri().getHost() + ": " + cause.getMessage(),
                        0,
                        cause);
            }
        });
        return filter;
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
