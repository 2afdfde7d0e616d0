package dev.wscratch.transport;

import dev.wscratch.transport.CloseHandshake.Event;
import dev.wscratch.transport.CloseHandshake.State;
import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One connection after its 101: frames in, Tyrus, frames out, and the way to its end.
 *
 * <p>What arrives is judged by {@link FrameParser}; whole data frames go to Tyrus, Ping is answered here, and a Close is
 * told to Tyrus as one, which runs {@code @OnClose} and answers. The TCP connection ends
 *
 * <ul>
 *   <li>at once when both Close frames have passed (RFC 6455 section 7.1.1: the server first),
 *   <li>after a violation when the peer has read our Close frame and gone, so that the frame is not lost to a reset,
 *   <li>at the latest when the closing deadline passes.
 * </ul>
 *
 * <p>Reading happens on the connection's selector thread; sending and closing on any thread.
 */
final class WebSocketConnection implements InboundConnection.Stage, Outbox.Owner {
    private final Tcp tcp;
    private final Limits limits;
    private final Deadlines deadlines;
    private final Outbox outbox;
    private final CloseHandshake closing = new CloseHandshake();

    /** Touched by the reading thread only. */
    private final FrameParser parser;

    /** Touched by the reading thread only. */
    private final FrameAssembler assembler;

    private final ControlFrameRate controlFrames;
    private final Heartbeat heartbeat;

    /** Null until Tyrus has run {@code @OnOpen}; set once by the reading thread. */
    private volatile @Nullable Connection tyrus;

    /** The peer broke a rule: what else it sends is not looked at. Set by the reading thread. */
    private volatile boolean failing;

    /** When the frame under way began to come, by {@link System#nanoTime}; 0 between frames. Set by the reading thread. */
    private volatile long frameSince;

    /** When a message last came, by {@link System#nanoTime}. Set by the reading thread. */
    private volatile long activeSince = System.nanoTime();

    /** When the TCP connection is cut, by {@link System#nanoTime}; 0 while nobody wants that. */
    private volatile long cutAt;

    /** Whether the outbox is above its high-water mark, so that nothing is read. */
    private volatile boolean congested;

    WebSocketConnection(Tcp tcp, Limits limits, Deadlines deadlines) {
        this.tcp = tcp;
        this.limits = limits;
        this.deadlines = deadlines;
        this.outbox = new Outbox(tcp, this, limits.highWaterMark(), limits.maxMessage());
        this.parser = new FrameParser(Role.SERVER, false, new FrameLimits(limits.maxMessage(), limits.maxFragments()));
        this.assembler = new FrameAssembler(parser);
        this.controlFrames = new ControlFrameRate(limits.controlFramesPerSecond());
        this.heartbeat = new Heartbeat(deadlines.pingInterval());
    }

    /**
     * Sends the 101 and opens the session, in this order on the wire: {@code @OnOpen} may send already.
     *
     * @param response the 101 as it goes out
     * @param upgrade of Tyrus
     */
    void open(ByteBuffer response, UpgradeInfo upgrade) {
        outbox.cork();
        try {
            outbox.add(response, null, false);
            tyrus = upgrade.createConnection(new TyrusWriter(this), reason -> finishSending());
        } finally {
            outbox.uncork();
        }
        if (closing.state() == State.GONE) {
            tellTyrus(CloseReason.of(CloseCode.ABNORMAL_CLOSURE));
        }
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
                case HEADER -> {
                    assembler.begin(in, from);
                }
                case PAYLOAD -> assembler.take();
                case FRAME_END -> frame(in);
                case NEED_INPUT -> {
                    noteFrameUnderWay();
                    return;
                }
                case CLOSED -> {
                    in.position(in.limit());
                    frameSince = 0;
                    return;
                }
                case VIOLATION -> {
                    in.position(in.limit());
                    fail(parser.violation().closeReason());
                    return;
                }
            }
        }
    }

    private void noteFrameUnderWay() {
        if (!parser.isMidFrame()) {
            frameSince = 0;
        } else if (frameSince == 0) {
            frameSince = System.nanoTime();
        }
    }

    private void frame(ByteBuffer in) {
        frameSince = 0;
        Opcode opcode = parser.opcode();
        if (!opcode.isControl()) {
            data(in);
            return;
        }
        if (opcode == Opcode.CLOSE) {
            peerCloses(parser.closeReason());
            return;
        }
        if (!controlFrames.allows(System.nanoTime())) {
            fail(CloseReason.truncated(
                    CloseCode.POLICY_VIOLATION,
                    "more than " + limits.controlFramesPerSecond() + " Ping and Pong frames in a second"));
            return;
        }
        if (opcode == Opcode.PING) {
            ByteBuffer pong = FrameSerialiser.pong(assembler.payload(in));
            if (closing.state() == State.OPEN) {
                outbox.add(pong, null, false);
            }
        } else if (!heartbeat.answered(assembler.payload(in), System.nanoTime())) {
            data(in);
        }
    }

    private void data(ByteBuffer in) {
        ByteBuffer frame = assembler.frame(in);
        Connection session = tyrus;
        // Once either side has closed, data is not for the application any more (RFC 6455 section 7.1.6 and 1.4).
        if (session != null && closing.state() == State.OPEN) {
            activeSince = System.nanoTime();
            session.getReadHandler().handle(frame);
        }
    }

    private void peerCloses(CloseReason reason) {
        if (!closing.on(Event.PEER_CLOSES)) {
            return;
        }
        if (closing.state() == State.CLOSE_DONE) {
            outbox.finish();
            endIfDrained();
        } else {
            tellTyrus(reason);
        }
    }

    /** Fails the connection (RFC 6455 section 7.1.7): says why, and takes nothing more from the peer. */
    private void fail(CloseReason reason) {
        failing = true;
        frameSince = 0;
        tellTyrus(reason);
        outbox.finish();
        endIfDrained();
    }

    /** Tyrus runs {@code @OnClose} once and sends a Close frame, unless it has done both already. */
    private void tellTyrus(CloseReason reason) {
        Connection session = tyrus;
        if (session != null) {
            session.close(JakartaCloseReason.of(reason));
        }
    }

    /** Sends a frame of Tyrus's. */
    void send(ByteBuffer frame, Outbox.@Nullable Sent sent, boolean waits) {
        outbox.add(frame, sent, waits);
    }

    /** Sends Tyrus's Close frame, or in answer to the peer's the same code as the peer's (RFC 6455 section 5.5.1). */
    void sendClose(ByteBuffer frame, Outbox.@Nullable Sent sent) {
        boolean answers = closing.state() == State.CLOSE_RECEIVED;
        if (!closing.on(Event.WE_CLOSE)) {
            if (sent != null) {
                sent.failed(new IOException("the connection is closing: a Close frame was sent already"));
            }
            return;
        }
        if (cutAt == 0) {
            cutAt = System.nanoTime() + deadlines.close().toNanos();
        }
        outbox.add(
                answers
                        ? FrameSerialiser.close(
                                CloseReason.of(parser.closeReason().code()))
                        : frame,
                sent,
                true);
    }

    /** Nothing more will be sent. */
    void finishSending() {
        outbox.finish();
    }

    @Override
    public void drained() {
        endIfDrained();
    }

    private void endIfDrained() {
        if (outbox.queuedBytes() > 0) {
            return;
        }
        if (closing.state() == State.CLOSE_DONE) {
            tcp.close();
        } else if (failing) {
            // The peer may still be sending. Closing now would reset the connection and could destroy our Close frame
            // on
            // its way; so we say that we are done, and read on until the peer has seen it or the deadline passes.
            tcp.shutdownOutput();
        }
    }

    @Override
    public void congested(boolean now) {
        congested = now;
        tcp.pauseReading(now);
    }

    @Override
    public void overflowed() {
        close(CloseReason.truncated(CloseCode.TRY_AGAIN_LATER, "send queue full: the peer reads too slowly"));
    }

    /**
     * Closes from this side.
     *
     * @param reason that {@code @OnClose} and the peer are told
     */
    void close(CloseReason reason) {
        tcp.onSelectorThread(() -> tellTyrus(reason));
    }

    @Override
    public void stop(CloseReason reason) {
        close(reason);
    }

    @Override
    public void gone(Throwable cause) {
        closing.on(Event.TCP_ENDS);
        outbox.discard(cause);
        // Not here: this may be the sweep's thread, and callbacks of one session never overlap.
        tcp.onSelectorThread(() -> tellTyrus(CloseReason.of(CloseCode.ABNORMAL_CLOSURE)));
    }

    @Override
    public void check(long now) {
        if (cutAt != 0 && now - cutAt >= 0) {
            tcp.abort();
            return;
        }
        if (outbox.stalledNanos(now) > deadlines.write().toNanos()) {
            cutSoon(now);
            close(CloseReason.truncated(CloseCode.TRY_AGAIN_LATER, "the peer took no bytes for " + deadlines.write()));
            return;
        }
        if (closing.state() != State.OPEN) {
            return;
        }
        if (congested) {
            // Nothing is read, so neither a frame's rest nor a Pong can have come.
            frameSince = frameSince == 0 ? 0 : now;
            heartbeat.excuse(now);
            return;
        }
        if (frameSince != 0 && now - frameSince > deadlines.frame().toNanos()) {
            CloseReason reason =
                    CloseReason.truncated(CloseCode.POLICY_VIOLATION, "frame not complete after " + deadlines.frame());
            tcp.onSelectorThread(() -> fail(reason));
            return;
        }
        beat(now);
    }

    private void beat(long now) {
        if (!deadlines.idle().isZero() && now - activeSince > deadlines.idle().toNanos()) {
            close(CloseReason.truncated(CloseCode.NORMAL_CLOSURE, "no message for " + deadlines.idle()));
            return;
        }
        switch (heartbeat.due(now)) {
            case NOTHING -> {}
            case PING -> outbox.add(FrameSerialiser.ping(heartbeat.ping(now)), null, true);
            case DEAD -> tcp.abort();
        }
    }

    /** A stuck peer gets one second to take the Close frame. */
    private void cutSoon(long now) {
        if (cutAt == 0 || cutAt - now > 1_000_000_000L) {
            cutAt = now + 1_000_000_000L;
        }
    }
}
