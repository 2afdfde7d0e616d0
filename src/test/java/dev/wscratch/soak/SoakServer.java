package dev.wscratch.soak;

import dev.wscratch.server.WscratchServer;
import dev.wscratch.transport.Deadlines;
import dev.wscratch.transport.TlsSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that leaks as fast as it is told, for the test of the soak itself: heap, native memory, threads or descriptors. */
final class SoakServer {
    private static final int PER_SECOND = 5;

    private SoakServer() {}

    /** Arguments: what leaks, and how many each second, such as {@code heap=100}; of memory it is KiB. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(System.getenv("XDG_CONFIG_HOME"), "wscratch");
        Duration step = Duration.ofSeconds(4);
        WscratchServer server = WscratchServer.builder()
                .port(0)
                .tls(new TlsSettings(0, new TlsSettings.SelfSigned(folder), TlsSettings.ClientCertificates.NONE))
                .deadlines(new Deadlines(step, step, step, step, step, Duration.ZERO, step, Duration.ZERO))
                .faults(true)
                .metrics(true)
                .start();
        System.out.println("  echo  ws://localhost:" + server.port() + "/echo");
        System.out.println("  echo  wss://localhost:" + server.tlsPort() + "/echo");
        List<Leak> leaks = Stream.of(args).map(Leak::new).toList();
        while (!new CountDownLatch(1).await(1_000 / PER_SECOND, TimeUnit.MILLISECONDS)) {
            for (Leak leak : leaks) {
                leak.drip();
            }
        }
    }

    /** One of them. */
    private static final class Leak {
        private final List<Object> lost = new ArrayList<>();
        private final String what;
        private final double each;
        private double owed;

        Leak(String argument) {
            int equals = argument.indexOf('=');
            this.what = argument.substring(0, equals);
            this.each = Double.parseDouble(argument.substring(equals + 1)) / PER_SECOND;
        }

        void drip() throws IOException {
            for (owed += each; owed >= 1; owed--) {
                lost.add(
                        switch (what) {
                            case "heap" -> new byte[1_024];
                            case "native" -> ByteBuffer.allocateDirect(1_024);
                            case "descriptors" -> Files.newInputStream(Path.of("/dev/null"));
                            case "threads" -> thread();
                            default -> throw new IllegalArgumentException(what);
                        });
            }
        }
    }

    private static Thread thread() {
        Thread thread = new Thread(
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "lost");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
