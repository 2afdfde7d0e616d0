package dev.wscratch.transport;

import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.Handshake;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.HeadScanner;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.ParsedRequest;
import dev.wscratch.wire.Refusal;
import dev.wscratch.wire.RequestHead;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A connection that speaks HTTP: one request head at a time, judged on its raw bytes, answered or upgraded.
 *
 * <p>No more than one head and one read are ever held. While an answer is on its way nothing more is read, so pipelined
 * requests wait in the peer's own buffers. Bodies are not taken: a request that announces one is refused. A connection
 * that has no whole head within the handshake deadline ends.
 *
 * <p>Reading happens on the selector thread; the deadlines are checked on the sweep's.
 */
final class HttpConversation implements InboundConnection.Stage, Outbox.Owner {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    /** How every TLS connection begins, and no HTTP request (RFC 8446 section 5.1). */
    private static final byte TLS_HANDSHAKE = 22;

    private final InboundConnection inbound;
    private final Tcp tcp;
    private final Http http;
    private final Outbox outbox;
    private final HeadLimits limits;

    /** Touched by the selector thread only. */
    private final HeadScanner scanner;

    /** Bytes read and not yet used, ready to be read; touched by the selector thread only. */
    private ByteBuffer unused = ByteBuffer.allocate(0);

    /** An answer is on its way; touched by the selector thread only. */
    private boolean answering;

    /** The request under way is HEAD: its answer has no body (RFC 9110 section 9.3.2); touched by the selector thread only. */
    private boolean headOnly;

    /** The last answer was given; what else comes is dropped. Set by the selector thread. */
    private volatile boolean ending;

    /** When the wait for the current head began, by {@link System#nanoTime}; 0 while an answer is on its way. */
    private volatile long waitingSince = System.nanoTime();

    /** When the TCP connection is cut, by {@link System#nanoTime}; 0 while nobody wants that. */
    private volatile long cutAt;

    HttpConversation(InboundConnection inbound, Tcp tcp, Http http) {
        this.inbound = inbound;
        this.tcp = tcp;
        this.http = http;
        this.limits = new HeadLimits(http.settings().limits().maxHead(), HeadLimits.DEFAULT.maxFields());
        this.scanner = new HeadScanner(limits);
        this.outbox = new Outbox(tcp, this, http.settings().limits().highWaterMark(), Integer.MAX_VALUE / 2);
    }

    @Override
    public void received(ByteBuffer in) {
        if (ending) {
            in.position(in.limit());
            return;
        }
        unused = joined(unused, in);
        converse();
    }

    /** Appends to {@code first} in place where there is room, so that a head that comes byte by byte stays cheap. */
    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        int from = first.position();
        int to = first.limit();
        if (first.capacity() - to >= second.remaining()) {
            first.limit(to + second.remaining()).position(to);
            return first.put(second).position(from);
        }
        return ByteBuffer.allocate(2 * (first.remaining() + second.remaining()))
                .put(first)
                .put(second)
                .flip();
    }

    private void converse() {
        while (!answering && !ending && unused.hasRemaining()) {
            ByteBuffer fresh = unused.duplicate();
            fresh.position(unused.position() + scanner.length());
            switch (scanner.scan(fresh)) {
                case NEED_INPUT -> {
                    return;
                }
                case REFUSED -> refuseHead();
                case HEAD -> {
                    ByteBuffer head = unused.slice(unused.position(), scanner.length());
                    unused.position(fresh.position());
                    scanner.reset();
                    if (judge(RequestHead.parse(head, limits), head)) {
                        return;
                    }
                }
            }
        }
    }

    /** {@return whether the connection is somebody else's now} */
    private boolean judge(ParsedRequest result, ByteBuffer bytes) {
        waitingSince = 0;
        if (!(result instanceof RequestHead head)) {
            refuse((Refusal) result);
            return false;
        }
        headOnly = head.method().equals("HEAD");
        TrustedProxies.Client client =
                http.settings().proxies().client(head, inbound.remoteAddress(), inbound.isSecure());
        inbound.clientIs(client.address());
        Handshake.Verdict verdict = Handshake.judge(head);
        // A page may load from anywhere, so Origin is for handshakes; the name by which we are called is for all.
        Optional<Refusal> stranger = http.settings()
                .origins()
                .judge(
                        verdict instanceof Handshake.NotUpgrade
                                ? List.of()
                                : head.headers().values("Origin"),
                        head.host(),
                        client.secure(),
                        http.loopback());
        if (stranger.isPresent()) {
            refuse(stranger.get());
            return false;
        }
        // Not before: a foreign page chooses the URL, and with it who would be shown what its visitor's browser sends
        // here,
        // cookies included.
        if (!(verdict instanceof Handshake.NotUpgrade)) {
            show(head, bytes);
        }
        RawConnection.Decision decision = http.hooks().raw().decide(head);
        if (decision instanceof RawConnection.Handler raw) {
            become(new RawStage(tcp, raw, http.settings().deadlines().write()));
            return true;
        }
        if (decision instanceof RawConnection.Refused refused) {
            refuse(refused.answer(), refused.why());
        } else if (verdict instanceof Refusal refusal) {
            refuse(refusal);
        } else if (verdict instanceof Handshake.NotUpgrade) {
            answer(page(head), head);
        } else {
            return upgrade(head, client);
        }
        return false;
    }

    /** Shows the handshake to whoever wants to see this connection, and from now on all that follows. */
    private void show(RequestHead head, ByteBuffer bytes) {
        ConnectionTap watcher = http.hooks().taps().tap(head, inbound.isSecure());
        if (watcher != null) {
            watcher.received(bytes.asReadOnlyBuffer());
            inbound.watchedBy(watcher);
        }
    }

    private void become(RawStage raw) {
        inbound.become(raw);
        raw.start();
        inbound.show(unused);
        raw.received(unused);
    }

    private boolean upgrade(RequestHead head, TrustedProxies.Client client) {
        if (http.stopping().getAsBoolean()) {
            refuse(HttpResponse.text(503, "the server is stopping").with("Retry-After", "1"), "STOPPING");
            return false;
        }
        String full = http.connections().admitClient(inbound);
        if (full != null) {
            refuse(HttpResponse.text(503, full + "; try again later").with("Retry-After", "5"), "ADDRESS_FULL");
            return false;
        }
        Upgrader.Result result = http.upgrader().upgrade(head, client, inbound.localAddress());
        if (result instanceof Upgrader.Refused refused) {
            refuse(refused.answer(), refused.why());
            return false;
        }
        Upgrader.Accepted accepted = (Upgrader.Accepted) result;
        WebSocketConnection webSocket = new WebSocketConnection(inbound, tcp, http, accepted.compression());
        inbound.become(webSocket);
        inbound.tellUpgraded(webSocket::sendBeside);
        webSocket.open(accepted.response(), accepted.upgrade());
        inbound.show(unused);
        webSocket.received(unused);
        return true;
    }

    private HttpResponse page(RequestHead request) {
        try {
            return http.pages().handle(request);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a page could not be made", e);
            return HttpResponse.text(500, "internal error");
        }
    }

    private void answer(HttpResponse response, RequestHead request) {
        boolean close = !isPersistent(request) || http.stopping().getAsBoolean();
        if (close) {
            end();
        }
        send(response.serialise(!headOnly, close), close);
    }

    /** RFC 9112 section 9.3; HTTP/1.0 connections end. */
    private static boolean isPersistent(RequestHead request) {
        return request.version().equals("HTTP/1.1") && !request.headers().lists("Connection", "close");
    }

    private void refuseHead() {
        if (unused.get(unused.position()) == TLS_HANDSHAKE) {
            refuse(HttpResponse.text(400, "this port speaks plain HTTP: use http:// or ws://"), "TLS_TO_PLAIN_PORT");
        } else {
            refuse(scanner.refusal());
        }
    }

    private void refuse(Refusal refusal) {
        HttpResponse answer = new HttpResponse(
                refusal.status(),
                List.of(new HttpResponse.Header("Content-Type", "text/plain; charset=utf-8")),
                StandardCharsets.UTF_8.encode(refusal.text()));
        for (HeaderField header : refusal.headers()) {
            answer = answer.with(header.name(), header.value());
        }
        refuse(answer, refusal.rule().name());
    }

    /** Says no, once, and ends the connection when the peer has read it. */
    private void refuse(HttpResponse response, String why) {
        http.refusals().refused(inbound.clientAddress(), "status=" + response.status(), why);
        http.hooks().metrics().rejected(why);
        end();
        send(response.serialise(!headOnly, true), true);
    }

    private void end() {
        ending = true;
        cutAt = System.nanoTime() + http.settings().deadlines().close().toNanos();
    }

    private void send(ByteBuffer bytes, boolean last) {
        answering = true;
        tcp.pauseReading(true);
        outbox.add(
                bytes,
                new Outbox.Sent() {
                    @Override
                    public void written() {
                        tcp.onSelectorThread(HttpConversation.this::answered);
                    }

                    @Override
                    public void failed(Throwable cause) {
                        tcp.broken(cause);
                    }
                },
                true);
        if (last) {
            outbox.finish();
        }
    }

    private void answered() {
        answering = false;
        headOnly = false;
        waitingSince = System.nanoTime();
        tcp.pauseReading(false);
        converse();
    }

    @Override
    public TcpEnd.Phase phase() {
        return ending ? TcpEnd.Phase.ANSWERED : TcpEnd.Phase.BEFORE_UPGRADE;
    }

    @Override
    public void drained() {
        // Not closed at once: bytes of the peer that were not read would turn the close into a reset, and the answer
        // could be lost with it.
        tcp.shutdownOutput();
    }

    @Override
    public void congested(boolean congested) {
        // Nothing is read anyway while an answer is on its way.
    }

    @Override
    public void overflowed() {
        tcp.broken(new IOException("more than one answer at a time"));
    }

    @Override
    public void check(long now) {
        if (cutAt != 0 && now - cutAt >= 0) {
            tcp.abort("the peer did not go after the last answer");
        } else if (outbox.stalledNanos(now)
                > http.settings().deadlines().write().toNanos()) {
            tcp.abort("the peer took no bytes for "
                    + TcpEnd.inWords(http.settings().deadlines().write()));
        } else if (isLate(now)) {
            tcp.onSelectorThread(() -> {
                if (isLate(System.nanoTime())) {
                    late();
                }
            });
        }
    }

    private boolean isLate(long now) {
        long since = waitingSince;
        return since != 0
                && !ending
                && now - since > http.settings().deadlines().handshake().toNanos();
    }

    private void late() {
        if (unused.hasRemaining()) {
            long millis = http.settings().deadlines().handshake().toMillis();
            String seconds = BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
            refuse(HttpResponse.text(408, "no whole request head within " + seconds + " s"), "HEAD_TOO_SLOW");
        } else {
            tcp.close();
        }
    }

    @Override
    public void stop(CloseReason reason) {
        tcp.onSelectorThread(() -> {
            if (inbound.isUpgraded()) {
                // The 101 was on its way when the stop began.
                inbound.stop(reason);
            } else if (!answering && !ending) {
                ending = true;
                tcp.close();
            }
        });
    }

    @Override
    public long queuedBytes() {
        return outbox.queuedBytes();
    }

    @Override
    public void gone(Throwable cause) {
        outbox.discard(cause);
    }
}
