package dev.wscratch.peers.javawebsocket;

import dev.wscratch.peers.echo.PeerArguments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** One selector thread and one thread that decodes, since there is one core. */
public final class JavaWebSocketEcho extends WebSocketServer {
    private JavaWebSocketEcho(int port) {
        super(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                1,
                List.of(new Draft_6455(List.of(), List.of(new Protocol("")), PeerArguments.MAX_MESSAGE)));
        setTcpNoDelay(true);
        setMaxPendingConnections(1024);
        setConnectionLostTimeout(0); // nobody is to be closed for not answering a ping
    }

    /**
     * Starts it.
     *
     * @param args see {@link PeerArguments}
     */
    public static void main(String... args) throws IOException, GeneralSecurityException {
        PeerArguments arguments = PeerArguments.of(args);
        JavaWebSocketEcho server = new JavaWebSocketEcho(arguments.port());
        if (arguments.tls()) {
            server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(arguments.sslContext()));
        }
        server.start();
    }

    @Override
    public void onStart() {
        PeerArguments.ready();
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {}

    @Override
    public void onMessage(WebSocket connection, String message) {
        connection.send(message);
    }

    @Override
    public void onMessage(WebSocket connection, ByteBuffer message) {
        connection.send(message);
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {}

    @Override
    public void onError(@Nullable WebSocket connection, Exception error) {
        System.err.println("java-websocket: " + error);
    }
}
