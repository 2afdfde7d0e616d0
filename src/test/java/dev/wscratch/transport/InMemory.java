package dev.wscratch.transport;

import dev.wscratch.peer.Requests;
import dev.wscratch.wire.FrameHeader;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.FrameSerialiser;
import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.OriginPolicy;
import dev.wscratch.wire.Role;
import jakarta.websocket.DeploymentException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A transport without a network: connections in memory, Tyrus and the endpoints as they are. */
final class InMemory {
    Limits limits = Limits.DEFAULT;
    Deadlines deadlines = Deadlines.DEFAULT;
    TrustedProxies proxies = TrustedProxies.NONE;
    HttpHandler pages = request -> HttpResponse.text(200, "page " + request.target());
    TransportMetrics metrics = TransportMetrics.NONE;
    ConnectionTap.Source taps = ConnectionTap.Source.NONE;
    RawConnection.Source raw = RawConnection.Source.NONE;
    boolean stopping;

    @Nullable Executor workers;

    private final List<Class<?>> endpoints;
    private @Nullable Http http;

    InMemory(Class<?>... endpoints) {
        this.endpoints = List.of(endpoints);
    }

    Http http() throws DeploymentException {
        Http made = http;
        if (made == null) {
            TransportSettings settings = new TransportSettings(
                    "127.0.0.1",
                    0,
                    null,
                    limits,
                    deadlines,
                    OriginPolicy.SAME_ORIGIN,
                    proxies,
                    workers == null ? 0 : 1);
            made = new Http(
                    settings,
                    true,
                    new Upgrader(
                            new TyrusContainer(new LinkedHashSet<>(endpoints), limits).getWebSocketEngine(),
                            new DeflateBudget(limits.deflateMemory()),
                            limits.maxMessage()),
                    pages,
                    new Hooks(metrics, taps, raw),
                    workers,
                    new Connections(limits, proxies),
                    new RefusalLog(),
                    () -> stopping);
            http = made;
        }
        return made;
    }

    InboundConnection accept(Tcp tcp) throws DeploymentException {
        InboundConnection connection = new InboundConnection(tcp, http());
        String full = http().connections().admit(connection);
        if (full != null) {
            throw new AssertionError(full);
        }
        return connection;
    }

    /** A connection that is a WebSocket already. */
    InboundConnection webSocket(FakeTcp tcp, String path) throws DeploymentException {
        InboundConnection connection = accept(tcp);
        connection.received(ByteBuffer.wrap(Requests.handshake(path)));
        if (!connection.isUpgraded()) {
            throw new AssertionError(tcp.takeText());
        }
        return connection;
    }

    /** Deadlines with one of them over at once. */
    static Deadlines at(String name, Duration value) {
        Deadlines usual = Deadlines.DEFAULT;
        return new Deadlines(
                name.equals("handshake") ? value : usual.handshake(),
                name.equals("frame") ? value : usual.frame(),
                name.equals("write") ? value : usual.write(),
                usual.close(),
                usual.drain(),
                usual.spread(),
                name.equals("pingInterval") ? value : usual.pingInterval(),
                name.equals("idle") ? value : usual.idle());
    }

    static ByteBuffer text(String text) {
        return frame(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuffer frame(Opcode opcode, byte[] payload) {
        return FrameSerialiser.frame(FrameHeader.masked(opcode, payload.length, 0x12345678), ByteBuffer.wrap(payload));
    }

    /** The frames in what a server wrote after its 101: opcode, then text, or close code and reason, or bytes in hex. */
    static List<String> frames(byte[] written) {
        String head = new String(written, StandardCharsets.ISO_8859_1);
        int from = head.startsWith("HTTP/1.1 101") ? head.indexOf("\r\n\r\n") + 4 : 0;
        ByteBuffer in = ByteBuffer.wrap(written, from, written.length - from);
        FrameParser parser = new FrameParser(Role.CLIENT, false, FrameLimits.DEFAULT);
        FrameAssembler assembler = new FrameAssembler(parser, null);
        List<String> frames = new ArrayList<>();
        int start = in.position();
        while (true) {
            switch (parser.next(in)) {
                case HEADER -> assembler.begin(in, start);
                case PAYLOAD -> assembler.take();
                case FRAME_END -> frames.add(show(parser, assembler.payload(in)));
                case NEED_INPUT, CLOSED -> {
                    return frames;
                }
                case VIOLATION -> throw new AssertionError(parser.violation());
            }
        }
    }

    private static String show(FrameParser parser, ByteBuffer payload) {
        return switch (parser.opcode()) {
            case TEXT -> "text " + StandardCharsets.UTF_8.decode(payload);
            case CLOSE ->
                "close " + parser.closeReason().code().value() + " "
                        + parser.closeReason().reason();
            default -> {
                byte[] bytes = new byte[payload.remaining()];
                payload.get(bytes);
                yield parser.opcode().name().toLowerCase(java.util.Locale.ROOT) + " "
                        + HexFormat.of().formatHex(bytes);
            }
        };
    }
}
