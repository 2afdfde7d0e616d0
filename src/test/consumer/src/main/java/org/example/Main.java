package org.example;

import dev.wscratch.client.CloseEvent;
import dev.wscratch.client.WebSocket;
import dev.wscratch.server.WscratchServer;

/** Talks to the server at its first argument, then to one of its own. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        talk(args[0]);
        try (WscratchServer own = WscratchServer.builder().port(0).start()) {
            talk(own.uri("/").toString());
        }
    }

    private static void talk(String url) {
        WebSocket ws = new WebSocket(url);
        ws.onopen(e -> ws.send("Hello from a consumer"));
        ws.onmessage(e -> {
            System.out.println(e.data());
            ws.close(1000, "done");
        });
        CloseEvent end = ws.closed().toCompletableFuture().join();
        System.out.println("closed " + end.code() + (end.wasClean() ? " cleanly" : ""));
    }
}
