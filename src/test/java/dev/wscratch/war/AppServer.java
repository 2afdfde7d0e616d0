package dev.wscratch.war;

import java.net.URI;

/** An app server that runs as a process of its own, with this project's WAR deployed; {@link #close} ends it. */
interface AppServer extends AutoCloseable {
    int port();

    /** Everything that the process has written so far. */
    String output();

    @Override
    void close();

    /** The HTTP address of a path, which starts with {@code /} and the context's name. */
    default URI page(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** The WebSocket address of a path, which starts with {@code /} and the context's name. */
    default URI socket(String path) {
        return URI.create("ws://127.0.0.1:" + port() + path);
    }
}
