package dev.wscratch.cli;

import dev.wscratch.client.CloseEvent;
import dev.wscratch.client.ErrorEvent;
import dev.wscratch.client.FrameTap.PassingFrame;
import dev.wscratch.client.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of {@code connect --json} and {@code /save}, each an object of its own. */
final class ConnectEvents {
    /** Bytes of a frame that are shown. */
    static final int MOST_BYTES = 4_096;

    private ConnectEvents() {}

    private static JsonLine event(String name) {
        return new JsonLine().add("event", name).add("time", now());
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static JsonLine head(boolean sent, List<String> lines) {
        return event("handshake").add("direction", direction(sent)).add("head", String.join("\n", lines));
    }

    private static String direction(boolean sent) {
        return sent ? "sent" : "received";
    }

    static JsonLine opened(WebSocket socket) {
        return event("open")
                .add("url", socket.url())
                .add("protocol", socket.protocol())
                .add("extensions", socket.extensions());
    }

    /** {@code name}: sent or message; {@code data}: a {@code String} or {@code byte[]}. */
    static JsonLine message(String name, Object data) {
        JsonLine line = event(name);
        return data instanceof byte[] bytes
                ? line.add("type", "binary")
                        .add("size", bytes.length)
                        .add("base64", Base64.getEncoder().encodeToString(bytes))
                : line.add("type", "text").add("data", (String) data);
    }

    static JsonLine frame(PassingFrame frame) {
        ByteBuffer payload = frame.payload().duplicate();
        byte[] some = new byte[Math.min(payload.remaining(), MOST_BYTES)];
        payload.get(some);
        return event("frame")
                .add("direction", direction(frame.sent()))
                .add("opcode", frame.header().opcode().label())
                .add("fin", frame.header().fin())
                .add("rsv1", frame.header().rsv1())
                .add("size", frame.header().payloadLength())
                .add("payload", HexFormat.of().formatHex(some));
    }

    static JsonLine away(CloseEvent close, @Nullable ErrorEvent error, Duration delay) {
        return event("away")
                .add("code", close.code())
                .add("reason", close.reason())
                .add("message", error == null ? "" : error.message())
                .add("delay", delay.toMillis());
    }

    static JsonLine closed(CloseEvent close, int received) {
        return event("close")
                .add("code", close.code())
                .add("reason", close.reason())
                .add("clean", close.wasClean())
                .add("received", received);
    }

    static JsonLine failed(ErrorEvent failure) {
        return event("error")
                .add("step", failure.step().toString())
                .add("message", failure.message())
                .add("status", failure.status())
                .add("body", failure.body());
    }
}
