package dev.wscratch.fault;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A standalone server for each test. Beside the test a neighbour echoes; after the test the neighbour must have been
 * served all the time, and heap, threads and descriptors must be back at what they were before.
 */
final class ServerUnderFault implements BeforeEachCallback, AfterEachCallback, Target {
    private final Scheme scheme;
    private final UnaryOperator<WscratchServer.Builder> settings;
    private final List<RawPeer> peers = new ArrayList<>();
    private WscratchServer server;
    private NoisyNeighbour neighbour;
    private Footprint before;

    ServerUnderFault(UnaryOperator<WscratchServer.Builder> settings) {
        this(Scheme.WS, settings);
    }

    ServerUnderFault(Scheme scheme, UnaryOperator<WscratchServer.Builder> settings) {
        this.scheme = scheme;
        this.settings = settings;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        server = settings.apply(scheme.listening(WscratchServer.builder()).deadlines(Quick.DEADLINES))
                .start();
        neighbour = new NoisyNeighbour(this);
        before = Footprint.now();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            for (RawPeer peer : peers) {
                peer.close();
            }
            peers.clear();
            if (context.getExecutionException().isEmpty()) {
                neighbour.assertWasServed();
                before.assertIsBackSoon();
            }
        } finally {
            neighbour.close();
            server.close();
        }
    }

    /** A connection that has sent nothing; closed after the test. */
    RawPeer connect() throws IOException {
        return kept(dial());
    }

    /** The same with a small receive buffer, for a peer that will not read; closed after the test. */
    RawPeer connectWithSmallBuffer() throws IOException {
        return kept(scheme.connectWithSmallBuffer(port()));
    }

    /** A connection after its 101; closed after the test. */
    RawPeer open(String path) throws IOException {
        return kept(dial(path));
    }

    /** The same with a small receive buffer, for a peer that will not read; closed after the test. */
    RawPeer openWithSmallBuffer(String path) throws IOException {
        return kept(scheme.openWithSmallBuffer(port(), path));
    }

    @Override
    public RawPeer dial() throws IOException {
        return scheme.connect(port());
    }

    /** A connection after its 101; the caller closes it. */
    RawPeer dial(String path) throws IOException {
        return scheme.open(port(), path);
    }

    private RawPeer kept(RawPeer peer) {
        peers.add(peer);
        return peer;
    }

    /** Whether the server's end of a peer's TCP connection is gone, as the kernel sees it. */
    boolean isGone(RawPeer peer) throws IOException {
        Socket socket = peer.socket();
        return TcpTable.isGone(port(), socket.getLocalPort());
    }

    WscratchServer server() {
        return server;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return scheme.port(server);
    }

    @Override
    public String path() {
        return "/echo";
    }
}
