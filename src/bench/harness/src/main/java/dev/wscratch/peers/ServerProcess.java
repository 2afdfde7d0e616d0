package dev.wscratch.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A peer that runs; closing it ends it, and so does the end of this JVM. What it says goes to a file. */
final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final InetSocketAddress address;
    private final Thread hook;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.hook = new Thread(process::destroyForcibly, "stop-server");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a server and waits until it says that it is ready. */
    static ServerProcess start(Peer peer, Setup setup) throws IOException, InterruptedException {
        return start(peer, setup, List.of());
    }

    /** The same with options behind the usual ones. */
    static ServerProcess start(Peer peer, Setup setup, List<String> options) throws IOException, InterruptedException {
        Files.createDirectories(setup.logs());
        Path log = setup.logs().resolve(peer.key() + ".log");
        int port = freePort();
        List<String> command = command(peer, setup, port);
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (setup.maxMessage() > Setup.DEFAULT_MAX_MESSAGE) {
            builder.environment().put("WSCRATCH_MAX_MESSAGE", Integer.toString(setup.maxMessage()));
        }
        ServerProcess server = new ServerProcess(builder.start(), port);
        try {
            server.listen(log).get(START_SECONDS, TimeUnit.SECONDS);
            return server;
        } catch (ExecutionException | TimeoutException | InterruptedException | RuntimeException e) {
            server.close();
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IOException(peer.key() + ": expected 'ready' within " + START_SECONDS + " s; see " + log, e);
        }
    }

    private static List<String> command(Peer peer, Setup setup, int port) throws IOException {
        List<String> command = new ArrayList<>(Cpus.bound(setup.cpus()));
        if (peer.isJava()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(setup.jvmFlags());
        } else {
            command.add("node");
        }
        TlsKey tls = setup.tls();
        command.addAll(peer.command(setup.root(), tls != null));
        command.add(Integer.toString(port));
        if (tls != null) {
            command.addAll(List.of(tls.store().toString(), TlsKey.PASSWORD));
        }
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Copies what it says; done at the line that says ready, failed if it ends before. */
    private CompletableFuture<Void> listen(Path log) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
                            Writer copy = Files.newBufferedWriter(log)) {
                        for (String line = said.readLine(); line != null; line = said.readLine()) {
                            copy.write(line + "\n");
                            copy.flush();
                            if (line.contains("ready")) {
                                ready.complete(null);
                            }
                        }
                        ready.completeExceptionally(new IOException("the server has ended"));
                    } catch (IOException | UncheckedIOException e) {
                        ready.completeExceptionally(e);
                    }
                },
                "server-output");
        reader.setDaemon(true);
        reader.start();
        return ready;
    }

    long pid() {
        return process.pid();
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is about to end: the hook runs, and finds nothing to do.
            process.destroyForcibly();
        }
    }
}
