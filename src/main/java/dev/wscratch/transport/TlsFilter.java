package dev.wscratch.transport;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLFilter;

/** TLS below everything else, on the server's side: Grizzly's filter, without one of its habits. */
final class TlsFilter extends SSLFilter {
    private final RefusalLog refusals;

    TlsFilter(KeyMaterial keys, RefusalLog refusals) {
        super(new Configurator(keys), null);
        this.refusals = refusals;
    }

    /** A peer that cannot agree on TLS is turned away, which is one line in the log. */
    @Override
    @SuppressWarnings("rawtypes") // Grizzly declares it so, and only the same signature overrides it.
    protected void notifyHandshakeFailed(Connection connection, Throwable cause) {
        refusals.refused(
                ((InetSocketAddress) connection.getPeerAddress()).getAddress(),
                "tls",
                cause.getMessage() == null ? cause.toString() : cause.getMessage());
        super.notifyHandshakeFailed(connection, cause);
    }

    /** Passes on what came in the same read as TLS's goodbye: the filter would drop it, and with it a Close frame. */
    @Override
    protected NextAction unwrapAll(FilterChainContext context, SSLConnectionContext tls) throws SSLException {
        Object encrypted = context.getMessage();
        NextAction next = super.unwrapAll(context, tls);
        boolean hasPlain = context.getMessage() != encrypted
                && context.getMessage() instanceof Buffer plain
                && plain.hasRemaining();
        return hasPlain && tls.getSslEngine().isInboundDone() ? context.getInvokeAction() : next;
    }

    /** Makes an engine with the protocols and the wishes about clients of the key material. */
    private static final class Configurator extends SSLEngineConfigurator {
        private final KeyMaterial keys;

        Configurator(KeyMaterial keys) {
            super(keys.context(), false, false, false);
            this.keys = keys;
        }

        @Override
        public SSLEngine createSSLEngine(String host, int port) {
            SSLEngine engine = super.createSSLEngine(host, port);
            engine.setSSLParameters(keys.parameters());
            return engine;
        }

        @Override
        public SSLEngineConfigurator copy() {
            return new Configurator(keys);
        }
    }
}
