package dev.wscratch.bench;

import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.ClientHandshake.Established;
import dev.wscratch.wire.ClientHandshake.Failure;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.HeadScanner;
import dev.wscratch.wire.ParsedResponse;
import dev.wscratch.wire.Refusal;
import dev.wscratch.wire.ResponseHead;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Opens connections one after the other: TCP, TLS, and the handshake of RFC 6455 section 4.1, without extensions. */
final class Opening implements AutoCloseable {
    /** An address has some 28,000 ephemeral ports on Linux; past so many connections the next address is used. */
    private static final int PER_ADDRESS = 20_000;

    private final Target target;
    private final TlsLine.Wire wire = new TlsLine.Wire();
    private final Random random = new Random();
    private final Duration patience;

    /** A channel that blocks knows no timeout: it is closed when it has had its time. */
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "wscratch-bench-opening");
        thread.setDaemon(true);
        return thread;
    });

    /** The connection that is being opened; null before the first. Read by any thread. */
    private volatile @Nullable SocketChannel underWay;

    /** Set by any thread. */
    private volatile boolean stopped;

    /** The address that is tried; once one has answered it stays. */
    private InetSocketAddress server;

    private final Set<InetAddress> tried = new HashSet<>();
    private int opened;

    /**
     * Opens connections to a server.
     *
     * @param patience how long one may take to open
     */
    Opening(Target target, Duration patience) {
        this.target = target;
        this.server = target.address();
        this.patience = patience;
        watch.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    /**
     * A connection on which frames may be sent.
     *
     * @param line does not block
     * @param rest what came behind the 101, such as a Ping
     */
    record Opened(Line line, ByteBuffer rest) {}

    /** Opens one, at the first address of the host that answers. */
    Opened open() throws IOException {
        try {
            return openOnce();
        } catch (ConnectException | NoRouteToHostException e) {
            if (opened > 0 || !otherAddress()) {
                throw e;
            }
            return open();
        }
    }

    /** Takes the next address of a host that has several, such as ::1 and 127.0.0.1; false if there is none. */
    private boolean otherAddress() throws IOException {
        tried.add(server.getAddress());
        String host = target.address().getHostString();
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (!tried.contains(address)) {
                server = new InetSocketAddress(address, target.address().getPort());
                return true;
            }
        }
        return false;
    }

    private Opened openOnce() throws IOException {
        SocketChannel channel = SocketChannel.open();
        underWay = channel;
        if (stopped) {
            channel.close();
        }
        Future<?> tooLate = watch.schedule(() -> closed(channel), patience.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return open(channel);
        } catch (ClosedChannelException e) {
            throw new IOException("expected TCP, TLS and the handshake within " + patience.toMillis() + " ms", e);
        } finally {
            tooLate.cancel(false);
        }
    }

    /** Cuts off the connection that is being opened, and any later one; from any thread. */
    void stop() {
        stopped = true;
        SocketChannel channel = underWay;
        if (channel != null && channel.isBlocking()) {
            closed(channel); // One that blocks no longer is open, and not ours any more.
        }
    }

    private static void closed(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Opened open(SocketChannel channel) throws IOException {
        try {
            InetAddress address = server.getAddress();
            if (address instanceof Inet4Address && address.isLoopbackAddress()) {
                byte[] source = {127, 0, 0, (byte) (1 + opened / PER_ADDRESS)};
                channel.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(server);
            SSLContext tls = target.tls();
            Line line = tls == null ? new PlainLine(channel) : new TlsLine(channel, tls, target, wire);
            ByteBuffer rest = shake(line);
            channel.configureBlocking(false);
            opened++;
            return new Opened(line, rest);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** {@return what came behind the 101} */
    private ByteBuffer shake(Line line) throws IOException {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        ClientHandshake ours = new ClientHandshake(
                host(target.address()),
                target.resource(),
                ClientHandshake.newKey(nonce),
                target.subprotocols(),
                List.of(),
                target.headers(),
                !target.subprotocols().isEmpty());
        line.write(ours.request());
        ByteBuffer head = ByteBuffer.allocate(256 << 10);
        HeadScanner scanner = new HeadScanner(HeadLimits.DEFAULT);
        int scanned = 0;
        while (true) {
            if (!line.read(head)) {
                throw new EOFException("expected an answer to the handshake, got the end of the connection");
            }
            ByteBuffer fresh = head.duplicate().flip().position(scanned);
            HeadScanner.Step step = scanner.scan(fresh);
            scanned = fresh.position();
            if (step == HeadScanner.Step.REFUSED) {
                Refusal refusal = scanner.refusal();
                throw new IOException("the answer to the handshake is not HTTP: expected " + refusal.expected()
                        + ", got " + refusal.actual());
            }
            if (step == HeadScanner.Step.HEAD) {
                break;
            }
        }
        judge(ours, ResponseHead.parse(head.duplicate().flip().limit(scanned), HeadLimits.DEFAULT));
        return head.flip().position(scanned);
    }

    /** An IPv6 address in brackets (RFC 3986 section 3.2.2), without the zone, which is this machine's own. */
    private static String host(InetSocketAddress address) {
        String name = address.getHostString();
        int zone = name.indexOf('%');
        String host = zone < 0 ? name : name.substring(0, zone);
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static void judge(ClientHandshake ours, ParsedResponse response) throws IOException {
        Object verdict = response instanceof ResponseHead answer ? ours.judge(answer) : response;
        if (verdict instanceof Failure failure) {
            throw new RefusedException(
                    "the handshake failed: expected " + failure.expected() + ", got " + failure.actual());
        }
        if (verdict instanceof Established established
                && !established.extensions().isEmpty()) {
            throw new RefusedException("expected no extension, got " + established.extensions());
        }
    }
}
