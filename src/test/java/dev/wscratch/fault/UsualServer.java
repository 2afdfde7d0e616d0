package dev.wscratch.fault;

import dev.wscratch.server.WscratchServer;
import java.util.concurrent.CountDownLatch;

/** A server in a process of its own, as it is by default. Prints its port. */
final class UsualServer {
    private UsualServer() {}

    public static void main(String[] args) throws Exception {
        WscratchServer server = WscratchServer.builder().port(0).metrics(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println(server.port());
        new CountDownLatch(1).await();
    }
}
