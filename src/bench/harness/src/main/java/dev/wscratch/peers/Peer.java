package dev.wscratch.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The servers that are compared, in the order of the table. */
enum Peer {
    WSCRATCH("wscratch", "wscratch", "wscratch", "dev.wscratch.peers.wscratch.WscratchTls"),
    VERTX("vertx", "Vert.x", "vertx-core", "dev.wscratch.peers.vertx.VertxEcho"),
    NETTY("netty", "Netty", "netty-codec-http", "dev.wscratch.peers.netty.NettyEcho"),
    UNDERTOW("undertow", "Undertow, Jakarta endpoint", "undertow-core", "dev.wscratch.peers.undertow.UndertowEcho"),
    NODE("node", "Node `ws`", "", ""),
    JAVA_WEBSOCKET(
            "java-websocket", "Java-WebSocket", "Java-WebSocket", "dev.wscratch.peers.javawebsocket.JavaWebSocketEcho"),
    JETTY("jetty", "Jetty, Jakarta endpoint", "jetty-server", "dev.wscratch.peers.jetty.JettyEcho"),
    TOMCAT("tomcat", "Tomcat, Jakarta endpoint", "tomcat-embed-core", "dev.wscratch.peers.tomcat.TomcatEcho"),
    TYRUS("tyrus", "Tyrus, stock Grizzly container", "tyrus-server", "dev.wscratch.peers.tyrus.StockTyrus");

    private final String key;
    private final String title;
    private final String jar;
    private final String main;

    Peer(String key, String title, String jar, String main) {
        this.key = key;
        this.title = title;
        this.jar = jar;
        this.main = main;
    }

    /** As it is written on the command line. */
    String key() {
        return key;
    }

    static Peer of(String key) {
        return Stream.of(values())
                .filter(peer -> peer.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected some of "
                        + String.join(",", Stream.of(values()).map(Peer::key).toList()) + ", got '" + key + "'"));
    }

    boolean isJava() {
        return this != NODE;
    }

    /** Whether it can listen with TLS at all. */
    boolean hasTls() {
        return this != TYRUS;
    }

    /** What {@code java} or {@code node} gets after its own flags, but for the port and the key store. */
    List<String> command(Path root, boolean tls) throws IOException {
        if (this == NODE) {
            return List.of(folder(root).resolve("server.js").toString());
        }
        String own = folder(root).resolve("classes") + ":" + folder(root).resolve("lib/*");
        if (this != WSCRATCH) {
            return List.of("-cp", own, main);
        }
        String distribution = wscratchLib(root) + "/*";
        return tls
                ? List.of("-cp", distribution + ":" + own, main)
                : List.of("-cp", distribution, "dev.wscratch.cli.Main", "serve", "--port");
    }

    /** Name and version, as the table has it. */
    String title(Path root) throws IOException {
        if (this == NODE) {
            String json = Files.readString(folder(root).resolve("node_modules/ws/package.json"));
            return title + " " + json.replaceAll("(?s).*\"version\": \"([^\"]*)\".*", "$1");
        }
        Path lib = this == WSCRATCH ? wscratchLib(root) : folder(root).resolve("lib");
        try (Stream<Path> files = Files.list(lib)) {
            String version = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(jar + "-\\d.*\\.jar"))
                    .map(name -> name.substring(jar.length() + 1, name.length() - ".jar".length()))
                    .findFirst()
                    .orElse("?");
            int comma = title.indexOf(',');
            return comma < 0
                    ? title + " " + version
                    : title.substring(0, comma) + " " + version + title.substring(comma);
        }
    }

    private Path folder(Path root) {
        return root.resolve("target/bench").resolve(key);
    }

    private static Path wscratchLib(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root.resolve("target/wscratch-distribution"))) {
            return folders.map(folder -> folder.resolve("lib"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "expected the distribution in target/wscratch-distribution; leave --no-build out"));
        }
    }
}
