package dev.wscratch.transport;

import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a TCP connection ended, in words for a person: who ended it, by FIN or by RST, and when in the life of a WebSocket.
 * The operating system's name for it stands behind in brackets, to search for. The one table for the inspector and for
 * senders whose message was lost.
 *
 * @param side who ended it
 * @param what who did what; with a comma at its end if more words need one
 * @param why this side's reason, or the system's name for what the peer did; empty if there is none
 */
record TcpEnd(Side side, String what, String why) {
    /** Who ended it. */
    enum Side {
        CLIENT,
        SERVER
    }

    /** Where the connection was then, in words for either side that may have ended it. */
    enum Phase {
        /** A connection to which no phase applies. */
        NONE("", ""),
        BEFORE_UPGRADE("before there was a WebSocket", "before there was a WebSocket"),
        ANSWERED("after the server's last answer", "after its last answer"),
        OPEN("without a Close frame", "without a Close frame"),
        CLOSE_SENT(
                "after the server's Close frame, without one of its own", "before the client answered its Close frame"),
        CLOSE_RECEIVED("after its Close frame, before the server's", "after the client's Close frame, before its own"),
        CLOSE_DONE("after both Close frames", "after both Close frames"),

        /** What the peer still sent was not looked at, perhaps a Close frame among it. */
        FAILED("after it had broken a rule", "after the client had broken a rule");

        private final String ofClient;
        private final String ofServer;

        Phase(String ofClient, String ofServer) {
            this.ofClient = ofClient;
            this.ofServer = ofServer;
        }
    }

    private static final String RESET = "the client reset TCP (RST)";
    private static final String LOST = "the network lost the client, which took no packet any more,";

    /** The messages of the JDK's exceptions: on Linux, macOS and Windows. A reset is all that a peer's crash leaves. */
    private static final Map<String, String> SYSTEM_NAMES = Map.ofEntries(
            Map.entry("Connection reset", RESET),
            Map.entry("Connection reset by peer", RESET),
            Map.entry("An existing connection was forcibly closed by the remote host", RESET),
            Map.entry("An established connection was aborted by the software in your host machine", RESET),
            Map.entry("Broken pipe", "the client had ended TCP both ways when the server wrote,"),
            Map.entry("Connection timed out", LOST),
            Map.entry("Operation timed out", LOST),
            Map.entry("No route to host", "the network has no way to the client any more,"),
            Map.entry("Network is unreachable", "the network has no way to the client any more,"));

    /** A {@link #byClient} cause: TLS ended first, with close_notify. */
    static final class TlsEnded extends IOException {
        private static final long serialVersionUID = 1;

        TlsEnded() {
            super("the client ended TLS (close_notify)");
        }
    }

    /** The peer said that it is done: all that TCP tells of it. */
    static TcpEnd byClient(boolean secure) {
        // Grizzly makes no difference between FIN and RST where it reads itself, as it does under TLS.
        return new TcpEnd(
                Side.CLIENT,
                secure ? "the client ended TCP without TLS's close_notify," : "the client ended TCP (FIN)",
                "");
    }

    /** This side ended it; {@code why} may be empty. */
    static TcpEnd byServer(String why) {
        return new TcpEnd(Side.SERVER, "the server ended TCP", why);
    }

    /** This side reset it. */
    static TcpEnd resetByServer(String why) {
        return new TcpEnd(Side.SERVER, "the server reset TCP (RST)", why);
    }

    /** Reading or writing failed, or what was read could not be dealt with. */
    static TcpEnd by(@Nullable Throwable cause, boolean secure) {
        if (cause == null || cause instanceof ClosedChannelException) {
            return byServer("");
        }
        if (cause instanceof EOFException) {
            return byClient(secure);
        }
        if (cause instanceof TlsEnded) {
            return new TcpEnd(Side.CLIENT, String.valueOf(cause.getMessage()), "");
        }
        String message = String.valueOf(cause.getMessage());
        String words = SYSTEM_NAMES.get(message);
        if (words != null) {
            return new TcpEnd(Side.CLIENT, words, message);
        }
        if (cause instanceof SSLException) {
            return byServer("TLS failed: " + message);
        }
        Throwable inner = cause.getCause();
        // Of our own mistakes a page learns no more than the name.
        return byServer(
                cause instanceof IOException && inner == null
                        ? message
                        : "it failed on what came ("
                                + (inner == null ? cause : inner).getClass().getSimpleName() + ")");
    }

    /** {@return a sentence without a full stop} */
    String words(Phase phase) {
        if (side == Side.SERVER && !why.isEmpty()) {
            return what + ": " + why;
        }
        String when = side == Side.CLIENT ? phase.ofClient : phase.ofServer;
        String sentence = when.isEmpty() ? what.replaceFirst(",$", "") : what + " " + when;
        return why.isEmpty() ? sentence : sentence + " (" + why + ")";
    }

    /** {@return such as {@code 5 s}, {@code 0.2 s} or {@code 2 min}: what a person says} */
    static String inWords(Duration time) {
        long nanos = time.toNanosPart();
        if (nanos == 0) {
            long seconds = time.toSeconds();
            return seconds >= 60 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
        }
        return BigDecimal.valueOf(time.toSeconds())
                        .add(BigDecimal.valueOf(nanos, 9))
                        .stripTrailingZeros()
                        .toPlainString()
                + " s";
    }
}
