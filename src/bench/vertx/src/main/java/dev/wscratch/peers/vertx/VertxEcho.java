package dev.wscratch.peers.vertx;

import dev.wscratch.peers.echo.PeerArguments;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PfxOptions;

/** One event loop, and handlers of whole messages. */
public final class VertxEcho {
    private VertxEcho() {}

    /**
     * Starts it.
     *
     * @param args see {@link PeerArguments}
     */
    public static void main(String... args) {
        PeerArguments arguments = PeerArguments.of(args);
        HttpServerOptions options = new HttpServerOptions()
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(PeerArguments.MAX_MESSAGE)
                .setMaxWebSocketMessageSize(PeerArguments.MAX_MESSAGE);
        if (arguments.tls()) {
            options.setSsl(true)
                    .setKeyCertOptions(
                            new PfxOptions().setPath(arguments.keyStore()).setPassword(arguments.password()));
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        vertx.createHttpServer(options)
                .webSocketHandler(VertxEcho::echo)
                .listen(arguments.port(), PeerArguments.HOST)
                .onSuccess(server -> PeerArguments.ready())
                .onFailure(failure -> {
                    System.err.println("cannot listen on " + arguments.port() + ": " + failure);
                    vertx.close();
                });
    }

    private static void echo(ServerWebSocket socket) {
        socket.textMessageHandler(socket::writeTextMessage);
        socket.binaryMessageHandler(socket::writeBinaryMessage);
    }
}
