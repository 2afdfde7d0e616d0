package dev.wscratch.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS over TCP. All lines of a thread share two buffers for what is on the wire; a line keeps only what is left over: the
 * beginning of a record that has not come whole, and records that the socket did not take.
 */
final class TlsLine implements Line {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Wire wire;
    private ByteBuffer unread = NOTHING;
    private ByteBuffer unwritten = NOTHING;

    /** Whether {@link #unread} may begin with a whole record, which the handshake was not ready for. */
    private boolean unreadIsWhole;

    /** The shared buffers, of one thread. */
    static final class Wire {
        /** Less than what is read of plain text at once, so that all of it finds room. */
        private final ByteBuffer in = ByteBuffer.allocate(128 << 10);

        private final ByteBuffer out = ByteBuffer.allocate(128 << 10);
    }

    /** Does the handshake, on a channel that blocks. */
    TlsLine(SocketChannel channel, SSLContext context, Target target, Wire wire) throws IOException {
        this.channel = channel;
        this.wire = wire;
        this.engine = context.createSSLEngine(
                target.address().getHostString(), target.address().getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        String suite = target.suite();
        if (suite != null) {
            parameters.setProtocols(new String[] {"TLSv1.3"});
            parameters.setCipherSuites(new String[] {suite});
        }
        engine.setSSLParameters(parameters);
        engine.beginHandshake();
        ByteBuffer none = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            switch (status) {
                case NEED_WRAP -> write(NOTHING);
                case NEED_TASK -> engine.getDelegatedTask().run();
                default -> {
                    if (!read(none)) {
                        throw new EOFException("expected a TLS handshake, got the end of the connection");
                    }
                }
            }
            status = engine.getHandshakeStatus();
        }
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public boolean read(ByteBuffer in) throws IOException {
        ByteBuffer records = wire.in.clear().put(unread);
        unread = NOTHING;
        if (!unreadIsWhole && channel.read(records) < 0) {
            return false;
        }
        boolean open = unwrap(records.flip(), in);
        unread = records.hasRemaining()
                ? ByteBuffer.allocate(records.remaining()).put(records).flip()
                : NOTHING;
        return open;
    }

    /** Takes whole records; false at the peer's close_notify. */
    private boolean unwrap(ByteBuffer records, ByteBuffer in) throws SSLException {
        unreadIsWhole = false;
        while (records.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(records, in);
            switch (result.getStatus()) {
                case CLOSED -> {
                    return false;
                }
                case BUFFER_UNDERFLOW -> {
                    return true;
                }
                case BUFFER_OVERFLOW -> throw new SSLException("expected room for a record, got " + in.remaining());
                case OK -> {
                    if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK
                            || result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                        unreadIsWhole = records.hasRemaining();
                        return true;
                    }
                }
            }
        }
        return true;
    }

    @Override
    public void write(ByteBuffer out) throws IOException {
        while (isFlushed()) {
            ByteBuffer records = wire.out.clear();
            int room = engine.getSession().getPacketBufferSize();
            do {
                engine.wrap(out, records);
            } while (out.hasRemaining() && records.remaining() >= room);
            channel.write(records.flip());
            if (records.hasRemaining()) {
                unwritten =
                        ByteBuffer.allocate(records.remaining()).put(records).flip();
            }
            if (!out.hasRemaining()) {
                return;
            }
        }
    }

    @Override
    public boolean isFlushed() throws IOException {
        if (unwritten.hasRemaining()) {
            channel.write(unwritten);
        }
        return !unwritten.hasRemaining();
    }
}
