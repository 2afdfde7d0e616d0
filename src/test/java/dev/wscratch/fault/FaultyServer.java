package dev.wscratch.fault;

import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A server in a process of its own, with an endpoint that ruins it. Prints its port. */
final class FaultyServer {
    private FaultyServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        WscratchServer server = WscratchServer.builder()
                .port(0)
                .deadlines(Quick.DEADLINES)
                .endpoint(Glutton.class)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println(server.port());
        new CountDownLatch(1).await();
    }
}
