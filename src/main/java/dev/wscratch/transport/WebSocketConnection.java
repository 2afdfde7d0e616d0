package dev.wscratch.transport;

import dev.wscratch.transport.CloseHandshake.Event;
import dev.wscratch.transport.CloseHandshake.State;
import dev.wscratch.transport.TransportMetrics.Initiator;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Role;
import dev.wscratch.wire.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One connection after its 101: frames in, Tyrus, frames out, and the way to its end.
 *
 * <p>What arrives is judged by {@link FrameParser}; whole data frames go to Tyrus, a Ping is answered here, and a Close
 * is told to Tyrus as one, which runs {@code @OnClose} and answers. The TCP connection ends
 *
 * <ul>
 *   <li>at once when both Close frames have passed (RFC 6455 section 7.1.1: the server first),
 *   <li>after a violation when the peer has read our Close frame and gone, so that the frame is not lost to a reset,
 *   <li>at the latest when the closing deadline passes.
 * </ul>
 *
 * <p>Reading happens on the connection's selector thread; callbacks where {@link Callbacks} runs them; sending and closing
 * on any thread.
 */
final class WebSocketConnection implements InboundConnection.Stage, Outbox.Owner, ConnectionWatch.Owner {
    private final Tcp tcp;
    private final Http http;
    private final Limits limits;
    private final Deadlines deadlines;
    private final InboundConnection inbound;
    private final Outbox outbox;
    private final Callbacks callbacks;
    private final CloseHandshake closing = new CloseHandshake();
    private final ControlFrameRate controlFrames;
    private final ConnectionWatch watch;

    /** Null when none was agreed on. */
    private final @Nullable Compression compression;

    /** Touched by the reading thread only, but for the reason of a Close that it has parsed. */
    private final FrameParser parser;

    /** Touched by the reading thread only. */
    private final FrameAssembler assembler;

    private final EndpointSession session = new EndpointSession(this::openedAt);

    private final ConnectionCounts counts = new ConnectionCounts();

    /** The peer broke a rule: what else it sends is not looked at. Set by the reading thread. */
    private volatile boolean failing;

    WebSocketConnection(InboundConnection inbound, Tcp tcp, Http http, @Nullable Compression compression) {
        this.inbound = inbound;
        this.tcp = tcp;
        this.http = http;
        this.limits = http.settings().limits();
        this.deadlines = http.settings().deadlines();
        this.outbox = new Outbox(tcp, this, limits.highWaterMark(), limits.maxMessage());
        this.callbacks = http.workers() == null
                ? new Callbacks.OnSelector(tcp)
                : new Callbacks.OnWorkers(http.workers(), limits.highWaterMark(), this::applyReading);
        this.compression = compression;
        this.parser = new FrameParser(
                Role.SERVER, compression != null, new FrameLimits(limits.maxMessage(), limits.maxFragments()));
        this.assembler = new FrameAssembler(parser, compression == null ? null : compression.incoming());
        this.controlFrames = new ControlFrameRate(limits.controlFramesPerSecond());
        this.watch = new ConnectionWatch(deadlines, this);
    }

    /**
     * Sends the 101 and opens the session, in this order on the wire: {@code @OnOpen} may send already.
     *
     * @param response the 101 as it goes out
     * @param upgrade of Tyrus
     */
    void open(ByteBuffer response, UpgradeInfo upgrade) {
        if (!callbacks.isInline()) {
            outbox.add(response, null, true);
            // Like any callback, @OnOpen may block. What arrives meanwhile queues behind it.
            callbacks.run(0, () -> createSession(upgrade));
            return;
        }
        outbox.cork();
        try {
            outbox.add(response, null, false);
            createSession(upgrade);
        } finally {
            outbox.uncork();
        }
    }

    /** Runs {@code @OnOpen}; called where callbacks run. */
    private void createSession(UpgradeInfo upgrade) {
        try {
            session.create(upgrade, new TyrusWriter(this));
        } finally {
            inbound.tellOpened();
        }
        if (closing.state() == State.GONE) {
            session.close(CloseReason.of(CloseCode.ABNORMAL_CLOSURE));
        }
    }

    private void openedAt(String endpoint) {
        counts.opened(http.hooks().metrics().opened(endpoint, System.nanoTime() - inbound.acceptedAt()));
    }

    @Override
    public void received(ByteBuffer in) {
        if (failing) {
            in.position(in.limit());
            return;
        }
        outbox.cork();
        try {
            read(in);
        } finally {
            outbox.uncork();
        }
    }

    private void read(ByteBuffer in) {
        int from = in.position();
        while (true) {
            switch (parser.next(in)) {
                case HEADER -> assembler.begin(in, from);
                case PAYLOAD -> assembler.take();
                case FRAME_END -> frame(in);
                case NEED_INPUT -> {
                    watch.waitsForInput(parser.isMidFrame());
                    return;
                }
                case CLOSED -> {
                    in.position(in.limit());
                    watch.frameEnded();
                    return;
                }
                case VIOLATION -> {
                    in.position(in.limit());
                    violated(parser.violation());
                    return;
                }
            }
            Violation broken = assembler.violation();
            if (broken != null) {
                violated(broken);
            }
            if (failing) {
                in.position(in.limit());
                return;
            }
        }
    }

    private void frame(ByteBuffer in) {
        watch.frameEnded();
        Opcode opcode = parser.opcode();
        counts.received(parser);
        if (!opcode.isControl()) {
            watch.active();
            byte[] whole = parser.fin() && opcode.startsMessage() ? assembler.gatheredPayload() : null;
            if (whole != null) {
                callbacks.run(whole.length, () -> handle(opcode, whole));
                return;
            }
            ByteBuffer frame = assembler.dataFrame(in);
            if (frame != null) {
                deliver(frame);
            }
        } else if (opcode == Opcode.CLOSE) {
            peerCloses(parser.closeReason());
        } else {
            pingOrPong(opcode, in);
        }
    }

    private void pingOrPong(Opcode opcode, ByteBuffer in) {
        if (!controlFrames.allows(System.nanoTime())) {
            counts.violated("CONTROL_FRAME_RATE");
            fail(CloseReason.truncated(
                    CloseCode.POLICY_VIOLATION,
                    "more than " + limits.controlFramesPerSecond() + " Ping and Pong frames in a second"));
            return;
        }
        if (opcode == Opcode.PING) {
            if (closing.state() == State.OPEN) {
                sendOwn(FrameSerialiser.pong(assembler.payload(in)));
            }
            return;
        }
        ByteBuffer pong = assembler.frame(in);
        long roundTrip = watch.roundTrip(pong.duplicate().position(pong.position() + 2));
        if (roundTrip < 0) {
            deliver(pong);
        } else {
            counts.roundTrip(roundTrip);
        }
    }

    /** Gives a whole message to the endpoint, which may keep its bytes. */
    private void handle(Opcode type, byte[] message) {
        // Once either side has closed, data is not for the application any more (RFC 6455 sections 1.4 and 7.1.6).
        if (closing.state() == State.OPEN) {
            session.handle(type, message);
        }
    }

    /** Gives a frame to Tyrus. */
    private void deliver(ByteBuffer frame) {
        if (callbacks.isInline()) {
            handle(frame);
        } else if (closing.state() == State.OPEN) {
            ByteBuffer copy = ByteBuffer.allocate(frame.remaining()).put(frame).flip();
            callbacks.run(copy.remaining(), () -> handle(copy));
        }
    }

    private void handle(ByteBuffer frame) {
        if (closing.state() == State.OPEN) {
            session.handle(frame);
        }
    }

    private void peerCloses(CloseReason reason) {
        if (!closing.on(Event.PEER_CLOSES)) {
            return;
        }
        if (closing.state() == State.CLOSE_DONE) {
            drained();
        } else {
            counts.closes(reason.code().value(), Initiator.CLIENT);
            cutAfterClose();
            callbacks.run(0, () -> session.close(reason));
        }
    }

    private void cutAfterClose() {
        watch.cutAfter(
                deadlines.close().toNanos(),
                "no end to the closing handshake within " + TcpEnd.inWords(deadlines.close()));
    }

    private void violated(Violation violation) {
        counts.violated(violation.rule().name());
        fail(violation.closeReason());
    }

    /** Fails the connection (RFC 6455 section 7.1.7): says why, and takes nothing more from the peer. */
    private void fail(CloseReason reason) {
        failing = true;
        watch.frameEnded();
        cutAfterClose();
        http.refusals().refused(inbound.clientAddress(), "code=" + reason.code().value(), reason.reason());
        callbacks.run(0, () -> {
            session.close(reason);
            if (!session.exists()) {
                // No session, no Close frame. With one, another thread may be about to send its Close frame just now.
                outbox.finish();
            }
            drained();
        });
    }

    /** Queues a frame of Tyrus's; {@link #settle} must follow when the caller holds no lock any more. */
    Outbox.Added put(ByteBuffer frame, Outbox.@Nullable Sent sent) {
        if (compression != null) {
            return compression.outgoing().put(frame, outbox, sent, counts::sent);
        }
        counts.sent(frame);
        return outbox.put(frame, sent);
    }

    /** As above for a whole message, its header apart; only if nothing {@link #compresses}. */
    Outbox.Added put(ByteBuffer header, Opcode opcode, ByteBuffer payload, Outbox.@Nullable Sent sent) {
        counts.sent(opcode, payload.remaining(), header.remaining());
        return outbox.put(header, payload, sent);
    }

    boolean compresses() {
        return compression != null;
    }

    void settle(Outbox.Added added, boolean waits) {
        outbox.settle(added, waits);
    }

    /** Queues frames that are neither Tyrus's nor ours, all or none, with nothing between them. On any thread. */
    boolean sendBeside(List<ByteBuffer> frames) {
        if (closing.state() != State.OPEN || failing) {
            return false;
        }
        List<ByteBuffer> taken = frames.stream().map(ByteBuffer::duplicate).toList();
        Outbox.Added added = outbox.put(PlainWrite.joined(frames), null);
        if (added.refused() == null) {
            taken.forEach(counts::sent);
        }
        outbox.settle(added, !SelectorThread.isCurrent());
        return added.refused() == null;
    }

    private void sendOwn(ByteBuffer frame) {
        counts.sent(frame);
        outbox.add(frame, null, !SelectorThread.isCurrent());
    }

    /**
     * Queues Tyrus's Close frame, or in answer to the peer's the same code and reason (RFC 6455 section 5.5.1);
     * {@link #settle} must follow.
     *
     * @return null when a Close frame was sent already
     */
    Outbox.@Nullable Added putClose(ByteBuffer frame, Outbox.@Nullable Sent sent) {
        boolean answers = closing.state() == State.CLOSE_RECEIVED;
        if (!closing.on(Event.WE_CLOSE)) {
            if (sent != null) {
                sent.failed(new IOException("the connection is closing: a Close frame was sent already"));
            }
            return null;
        }
        if (!answers) {
            int code = frame.remaining() < 4 ? 1005 : frame.getShort(frame.position() + 2) & 0xFFFF;
            counts.closes(code, Initiator.SERVER);
            cutAfterClose();
        }
        ByteBuffer close = answers ? FrameSerialiser.close(parser.closeReason()) : frame;
        counts.sent(close);
        return outbox.putLast(close, sent);
    }

    void finishSending() {
        outbox.finish();
    }

    /** Our Close frame, the last that is sent, ends the outbox; before that nothing may end the connection. */
    @Override
    public void drained() {
        if (!outbox.isDrained()) {
            return;
        }
        if (closing.state() == State.CLOSE_DONE) {
            tcp.close();
        } else if (failing) {
            // The peer may still be sending. Closing now would reset the connection and could destroy our Close frame
            // on its way; so we say that we are done, and read on until the peer has gone or the deadline passes.
            tcp.shutdownOutput();
        }
    }

    @Override
    public void congested(boolean now) {
        applyReading();
    }

    /**
     * Asked and answered on the one thread: of two threads that tell of a change, the one with the older news could come
     * last, and nothing would be read any more.
     */
    private void applyReading() {
        tcp.onSelectorThread(() -> tcp.pauseReading(!isReading()));
    }

    private boolean isReading() {
        return !outbox.isCongested() && !callbacks.isBusy();
    }

    @Override
    public void overflowed() {
        tooSlow("send queue full: the peer reads too slowly");
    }

    private void tooSlow(String why) {
        if (counts.tooSlow(closing.state() == State.OPEN)) {
            stop(CloseReason.truncated(CloseCode.TRY_AGAIN_LATER, why));
        }
    }

    /** Closes from this side, with a reason that {@code @OnClose} and the peer are told. */
    @Override
    public void stop(CloseReason reason) {
        callbacks.runLater(() -> session.close(reason));
    }

    @Override
    public TcpEnd.Phase phase() {
        return failing ? TcpEnd.Phase.FAILED : closing.phase();
    }

    @Override
    public void gone(Throwable cause) {
        closing.on(Event.TCP_ENDS);
        outbox.discard(cause);
        if (compression != null) {
            compression.close();
        }
        // Later: this may be the sweep's thread, and callbacks of one session never overlap.
        callbacks.runLater(() -> session.close(CloseReason.of(CloseCode.ABNORMAL_CLOSURE)));
        counts.gone();
    }

    @Override
    public long queuedBytes() {
        return outbox.queuedBytes();
    }

    @Override
    public void check(long now) {
        watch.check(now, outbox.stalledNanos(now), closing.state() == State.OPEN && !failing, isReading());
    }

    @Override
    public void cut(String why) {
        tcp.abort(why);
    }

    /** The peer gets one second to take the Close frame. */
    @Override
    public void writeTooSlow() {
        String why = "the peer took no bytes for " + TcpEnd.inWords(deadlines.write());
        watch.cutAfter(1_000_000_000L, why);
        tooSlow(why);
    }

    @Override
    public void frameTooSlow() {
        CloseReason reason = CloseReason.truncated(
                CloseCode.POLICY_VIOLATION, "frame not complete after " + TcpEnd.inWords(deadlines.frame()));
        tcp.onSelectorThread(() -> {
            // The rest may have come, or the sweep may have asked twice, before this thread had time.
            if (!failing && watch.isFrameLate(System.nanoTime())) {
                fail(reason);
            }
        });
    }

    @Override
    public void idle() {
        stop(CloseReason.truncated(CloseCode.NORMAL_CLOSURE, "no message for " + TcpEnd.inWords(deadlines.idle())));
    }

    @Override
    public void ping(ByteBuffer payload) {
        sendOwn(FrameSerialiser.ping(payload));
    }
}
