package dev.wscratch.fault;

import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A server in a process of its own, with an endpoint that ruins it. Prints its port. */
final class FaultyServer {
    private FaultyServer() {}

    public static void main(String[] args) throws Exception {
        loadClasses();
        WscratchServer server = WscratchServer.builder()
                .port(0)
                .deadlines(Quick.DEADLINES)
                .endpoint(Glutton.class)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println(server.port());
        new CountDownLatch(1).await();
    }

    /**
     * All of the server's classes, now: a jar stays open, but from a folder none could be loaded when no file can be
     * opened any more.
     */
    private static void loadClasses() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(WscratchServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (!Files.isDirectory(root)) {
            return;
        }
        for (String room : List.of("wire", "transport", "endpoint", "server")) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(root.resolve("dev/wscratch/" + room), "*.class")) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    Class<?> loaded =
                            Class.forName("dev.wscratch." + room + "." + name.substring(0, name.length() - 6));
                    Objects.requireNonNull(loaded);
                }
            }
        }
    }
}
