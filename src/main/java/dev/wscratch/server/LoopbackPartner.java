package dev.wscratch.server;

import dev.wscratch.inspect.Command;
import dev.wscratch.inspect.Observation;
import dev.wscratch.inspect.Partner;
import dev.wscratch.transport.Dialer;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.HeadScanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The partner of the standalone home: connects over loopback, or whatever address the server listens on, to the server's
 * own plain port, and nowhere else.
 *
 * <p>It asks from inside, so it reaches only what everybody may: the endpoints of ours and the faults, never the pages for
 * operators or a user's endpoints, which a proxy in front may guard; and it does not pretend to be a proxy.
 */
final class LoopbackPartner implements Partner {
    /** Plays at a time, of all pages together. */
    static final int MOST_AT_ONCE = 8;

    private static final Set<String> PATHS = Set.of("/", "/echo", "/deflate", "/talk");
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final int SILENCE_MILLIS = 2000;

    /** However much there is to say. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int MOST_ANSWERED = 4 << 20;
    private static final HeadLimits LIMITS = new HeadLimits(16 << 10, 1000);

    private final String host;
    private final int port;
    private final boolean faults;
    private final ThreadPoolExecutor players =
            new ThreadPoolExecutor(0, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "wscratch-partner");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * Makes the partner of a server.
     *
     * @param host by which the server is reached
     * @param port its plain one
     * @param faults whether there are any
     */
    LoopbackPartner(String host, int port, boolean faults) {
        this.host = host;
        this.port = port;
        this.faults = faults;
    }

    @Override
    public @Nullable String wrongWith(Command.Raw raw) {
        int question = raw.path().indexOf('?');
        String path = question < 0 ? raw.path() : raw.path().substring(0, question);
        if (!PATHS.contains(path) && !(faults && path.startsWith("/fault/"))) {
            return "path: /, /echo, /deflate, /talk" + (faults ? " or one below /fault/" : "");
        }
        boolean forwarded = raw.headers().stream()
                .map(header -> header.name().toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals("forwarded") || name.startsWith("x-forwarded-"));
        return forwarded ? "headers: none that only a proxy may set" : null;
    }

    @Override
    public boolean play(Command.Raw raw, Observation observation, Consumer<@Nullable String> over) {
        try {
            players.execute(() -> {
                String failure = "a partner that does not fail";
                try {
                    failure = play(raw, observation);
                } finally {
                    // However it went, or the page could never ask again. A second end is not told.
                    observation.ended("the partner failed");
                    over.accept(failure);
                }
            });
            return true;
        } catch (RejectedExecutionException busy) {
            return false;
        }
    }

    /** {@return why it could not connect, or null} */
    private @Nullable String play(Command.Raw raw, Observation observation) {
        ByteBuffer request = request(raw);
        try (Socket socket = new Dialer(host, port, null, DEADLINE).dial()) {
            // A server that takes no bytes would keep a write, and this thread, for ever.
            CompletableFuture.delayedExecutor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> end(socket));
            observation.received(request.duplicate());
            observation.ended(converse(socket, request, raw.bytes(), observation));
            return null;
        } catch (IOException e) {
            observation.ended("the partner could not connect");
            return "a connection to this server's own port, which failed";
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a partner's socket cannot be closed", e);
        }
    }

    /** {@return how it ended} */
    private static String converse(Socket socket, ByteBuffer request, ByteBuffer bytes, Observation observation) {
        try {
            socket.setSoTimeout(SILENCE_MILLIS);
            write(socket, request);
            Upgrade upgrade = new Upgrade();
            byte[] buffer = new byte[8192];
            InputStream in = socket.getInputStream();
            int total = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                observation.sent(ByteBuffer.wrap(buffer, 0, count));
                if (upgrade.isNow(ByteBuffer.wrap(buffer, 0, count))) {
                    observation.received(bytes.duplicate());
                    write(socket, bytes);
                }
                total += count;
                if (total > MOST_ANSWERED) {
                    return "the partner ended TCP: it had heard enough";
                }
            }
            return "the server ended TCP";
        } catch (SocketTimeoutException silence) {
            return "the partner ended TCP after " + SILENCE_MILLIS / 1000 + " s of silence";
        } catch (IOException e) {
            return "TCP was reset, or lasted longer than a partner may";
        }
    }

    /** Finds the end of a 101. */
    private static final class Upgrade {
        private static final String STATUS = "HTTP/1.1 101 ";

        private final HeadScanner head = new HeadScanner(LIMITS);
        private final StringBuilder start = new StringBuilder();
        private boolean over;

        /** {@return whether it ends in these bytes} */
        boolean isNow(ByteBuffer bytes) {
            for (int i = 0; i < bytes.limit() && start.length() < STATUS.length(); i++) {
                start.append((char) (bytes.get(i) & 0xFF));
            }
            if (over || !STATUS.startsWith(start.toString())) {
                over = true;
                return false;
            }
            HeadScanner.Step step = head.scan(bytes);
            over = step != HeadScanner.Step.NEED_INPUT;
            return step == HeadScanner.Step.HEAD;
        }
    }

    private static void write(Socket socket, ByteBuffer bytes) throws IOException {
        byte[] all = new byte[bytes.remaining()];
        bytes.duplicate().get(all);
        socket.getOutputStream().write(all);
    }

    private ByteBuffer request(Command.Raw raw) {
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        String key = raw.key() == null ? Base64.getEncoder().encodeToString(random) : raw.key();
        List<Command.Header> lines = new ArrayList<>(List.of(
                new Command.Header("Host", authority),
                new Command.Header("Upgrade", "websocket"),
                new Command.Header("Connection", "Upgrade"),
                new Command.Header("Sec-WebSocket-Key", key),
                new Command.Header("Sec-WebSocket-Version", "13")));
        lines.removeIf(
                line -> raw.headers().stream().anyMatch(given -> given.name().equalsIgnoreCase(line.name())));
        lines.addAll(raw.headers());
        StringBuilder head = new StringBuilder("GET " + raw.path() + " HTTP/1.1\r\n");
        for (Command.Header line : lines) {
            if (line.value() != null) {
                head.append(line.name()).append(": ").append(line.value()).append("\r\n");
            }
        }
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        players.shutdownNow();
    }
}
