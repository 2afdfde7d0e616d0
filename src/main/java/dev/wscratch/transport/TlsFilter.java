package dev.wscratch.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainContext.Operation;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.jspecify.annotations.Nullable;

/** TLS below everything else, on the server's side: Grizzly's handshake, and {@link TlsRecords} after it. */
final class TlsFilter extends SSLBaseFilter {
    private final RefusalLog refusals;
    private final TlsRecords records = new TlsRecords(this, this::peerIsDone);

    TlsFilter(KeyMaterial keys, RefusalLog refusals) {
        super(new Configurator(keys));
        this.refusals = refusals;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        SSLConnectionContext tls = obtainSslConnectionContext(context.getConnection());
        if (TlsRecords.isEstablished(tls)) {
            return unwrapAll(context, tls);
        }
        Buffer message = context.getMessage();
        byte first = message.get(message.position());
        if (first >= 'A' && first <= 'Z') {
            // No record begins so, but every HTTP request does.
            message.tryDispose();
            refusePlain(context);
            return context.getStopAction();
        }
        return super.handleRead(context);
    }

    private void refusePlain(FilterChainContext context) {
        Connection<?> connection = context.getConnection();
        refused(connection, "expected TLS on this port, got plain HTTP");
        ByteBuffer answer = HttpResponse.text(400, "this port speaks TLS: use https:// or wss://")
                .serialise(true, true);
        createContext(connection, Operation.WRITE).write(Buffers.wrap(connection.getMemoryManager(), answer));
        connection.closeSilently();
    }

    @Override
    protected NextAction unwrapAll(FilterChainContext context, SSLConnectionContext tls) throws SSLException {
        try {
            return records.unwrapAll(context, tls);
        } catch (SSLException e) {
            refused(tls.getConnection(), e.getMessage());
            records.sendAlert(tls.getConnection());
            throw e;
        }
    }

    /** A peer that cannot agree on TLS is turned away, which is one line in the log, and an alert that says why. */
    @Override
    @SuppressWarnings("rawtypes") // Grizzly declares it so, and only the same signature overrides it.
    protected void notifyHandshakeFailed(Connection connection, Throwable cause) {
        refused(connection, cause.getMessage());
        records.sendAlert(connection);
        super.notifyHandshakeFailed(connection, cause);
    }

    private void refused(Connection<?> connection, @Nullable String why) {
        refusals.refused(((InetSocketAddress) connection.getPeerAddress()).getAddress(), "tls", "" + why);
    }

    /** As FIN without TLS would end it: after what came with the goodbye, and the answer to that. */
    private void peerIsDone(Connection<?> connection) {
        connection.executeInEventThread(
                IOEvent.READ,
                () -> sayGoodbye(connection, () -> connection.terminateWithReason(new TcpEnd.TlsEnded())));
    }

    /** As {@link TlsRecords#sayGoodbye}. */
    void sayGoodbye(Connection<?> connection, Runnable then) {
        records.sayGoodbye(connection, then);
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
            return keys.engine();
        }

        @Override
        public SSLEngineConfigurator copy() {
            return new Configurator(keys);
        }
    }
}
