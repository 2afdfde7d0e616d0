package dev.wscratch.client;

import dev.wscratch.ScriptedServer;
import dev.wscratch.ScriptedServer.Connection;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server whose moves the test makes one by one, and a client in the state that the test asks for. */
final class Puppet implements AutoCloseable {
    private final CompletableFuture<Connection> connection = new CompletableFuture<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final ScriptedServer server;

    private Puppet() throws IOException {
        server = ScriptedServer.start(c -> {
            connection.complete(c);
            done.await();
        });
    }

    static Puppet start() throws IOException {
        return new Puppet();
    }

    String url() {
        return server.url();
    }

    Connection peer() throws Exception {
        return connection.get(10, TimeUnit.SECONDS);
    }

    /** Brings a client there: in CLOSING it has sent its Close frame, and the server has read it. */
    WebSocket client(ReadyState state, EventLog log) throws Exception {
        WebSocket socket = new WebSocket(url());
        log.listen(socket);
        switch (state) {
            case CONNECTING -> peer().head();
            case OPEN -> open(socket);
            case CLOSING -> {
                open(socket);
                socket.close();
                peer().frame();
            }
            case CLOSED -> {
                open(socket);
                socket.close();
                peer().frame();
                peer().hex("88 00");
                done.countDown(); // Ends TCP, which the client would else wait for.
                EventLog.end(socket);
            }
        }
        return socket;
    }

    private void open(WebSocket socket) throws Exception {
        peer().accept();
        socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        done.countDown();
        server.close();
    }
}
