package dev.wscratch.cli;

import dev.wscratch.transport.Deadlines;
import dev.wscratch.transport.Limits;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of {@code serve}, one row each. A constant's name makes the option ({@code --max-message}), the environment
 * variable ({@code WSCRATCH_MAX_MESSAGE}) and the key in the configuration file ({@code max-message}); the order is that
 * of the help text and of {@code --print-config}.
 */
enum ServeOption {
    HOST(Group.LISTEN, "ADDRESS", "127.0.0.1", "address to listen on; 0.0.0.0 is for other machines too"),
    PORT(Group.LISTEN, "PORT", "8080", "port, 0 for any free one, off for TLS alone"),
    MANAGEMENT_PORT(Group.LISTEN, "PORT", "off", "/health and /metrics on a port of their own"),

    TLS_PORT(Group.TLS, "PORT", "8443", "port for https and wss; 0 for any free one"),
    TLS_CERT(Group.TLS, "FILE", "", "certificate, then those of its issuers, PEM"),
    TLS_KEY(Group.TLS, "FILE", "", "private key of --tls-cert, PEM, not encrypted"),
    TLS_PKCS12(Group.TLS, "FILE", "", "both in one PKCS #12 file instead"),
    TLS_PASSWORD(Group.TLS, "TEXT", "", "of --tls-pkcs12; better as WSCRATCH_TLS_PASSWORD, which 'ps' does not show"),
    TLS_SELF_SIGNED(Group.TLS, "", "false", "a development certificate for localhost, made once and kept"),
    TLS_CLIENT_CA(Group.TLS, "FILE", "", "clients must show a certificate signed by one of these, PEM"),

    ORIGINS(Group.ALLOW, "LIST", "", "origins of pages besides our own, such as https://app.example; * for any"),
    HOSTS(Group.ALLOW, "LIST", "", "names of a server on loopback, besides localhost"),
    TRUSTED_PROXIES(Group.ALLOW, "LIST", "", "proxies in front, such as 10.0.0.0/8: X-Forwarded-* is believed"),

    MAX_MESSAGE(Group.LIMIT, "SIZE", size(Limits.DEFAULT.maxMessage()), "longest message; a longer one gets 1009"),
    MAX_FRAGMENTS(Group.LIMIT, "N", number(Limits.DEFAULT.maxFragments()), "most frames of one message, then 1008"),
    MAX_HEAD(Group.LIMIT, "SIZE", size(Limits.DEFAULT.maxHead()), "longest request head, then 431"),
    MAX_CONNECTIONS(Group.LIMIT, "N", number(Limits.DEFAULT.maxConnections()), "connections at a time, then 503"),
    MAX_PER_IP(
            Group.LIMIT,
            "N",
            number(Limits.DEFAULT.maxConnectionsPerAddress()),
            "of them from one address, loopback exempt"),
    CONTROL_RATE(
            Group.LIMIT,
            "RATE",
            number(Limits.DEFAULT.controlFramesPerSecond()) + "/s",
            "Ping and Pong frames of one connection, then 1008"),
    HIGH_WATER(
            Group.LIMIT,
            "SIZE",
            size(Limits.DEFAULT.highWaterMark()),
            "bytes queued for one peer past which nothing is read from it"),
    DEFLATE_MEMORY(
            Group.LIMIT,
            "SIZE",
            size(Limits.DEFAULT.deflateMemory()),
            "for all compressed connections, then new ones are plain; 0 for no compression"),
    WORKERS(Group.LIMIT, "N", "0", "threads for endpoints that block; 0 when none does"),

    HANDSHAKE_TIMEOUT(Group.TIME, "TIME", time(Deadlines::handshake), "from accept to a whole request head, then 408"),
    FRAME_TIMEOUT(Group.TIME, "TIME", time(Deadlines::frame), "from a frame's first byte to its last, then 1008"),
    WRITE_TIMEOUT(Group.TIME, "TIME", time(Deadlines::write), "for a peer that takes no more bytes, then 1013"),
    CLOSE_TIMEOUT(Group.TIME, "TIME", time(Deadlines::close), "from our Close frame to the peer's"),
    PING_INTERVAL(Group.TIME, "TIME", time(Deadlines::pingInterval), "between Pings; gone after two without a Pong"),
    IDLE_TIMEOUT(Group.TIME, "TIME", time(Deadlines::idle), "without a message from the peer, then 1000"),
    SHUTDOWN_GRACE(Group.TIME, "TIME", time(Deadlines::drain), "for sessions to end at a stop, before they are cut"),
    SHUTDOWN_SPREAD(Group.TIME, "TIME", time(Deadlines::spread), "over which a stop sends its 1001s; within the grace"),

    FAULTS(Group.WATCH, "", "true", "misbehave on request under /fault, for pages of our own and for programs"),
    INSPECTOR(Group.WATCH, "", "true", "show pages of our own the bytes of their own connections, at /inspect"),
    METRICS(Group.WATCH, "", "true", "count, and show the counts at /metrics"),
    LOG_FORMAT(Group.WATCH, "FORMAT", "text", "text or json, on stderr"),
    LOG_LEVEL(Group.WATCH, "LEVEL", "info", "error, warn, info or debug; debug shows each message's size");

    /** Headings of the help text. */
    enum Group {
        LISTEN("Where to listen"),
        TLS("TLS, once there is a certificate; its files are read again when they change"),
        ALLOW("Who may connect (LIST: by comma)"),
        LIMIT("How much a peer may take (SIZE: 65536, 64KB, 1MiB)"),
        TIME("How long a peer may take (TIME: 500ms, 10s, 2m, 1h; off where that is the default)"),
        WATCH("What there is to see");

        private final String heading;

        Group(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    private static final Map<String, ServeOption> BY_KEY =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ServeOption::key, option -> option));

    private final Group group;
    private final String label;
    private final String fallback;
    private final String meaning;

    ServeOption(Group group, String label, String fallback, String meaning) {
        this.group = group;
        this.label = label;
        this.fallback = fallback;
        this.meaning = meaning;
    }

    private static String size(long bytes) {
        return Value.ofSize(bytes);
    }

    private static String number(int count) {
        return Integer.toString(count);
    }

    private static String time(Function<Deadlines, java.time.Duration> deadline) {
        return Value.ofDuration(deadline.apply(Deadlines.DEFAULT));
    }

    /** Such as {@code max-message}, as it stands in a file. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Such as {@code --max-message}. */
    String flag() {
        return "--" + key();
    }

    /** Such as {@code WSCRATCH_MAX_MESSAGE}. */
    String variable() {
        return "WSCRATCH_" + name();
    }

    /** The default as a user would write it; empty for an empty list. */
    String fallback() {
        return fallback;
    }

    /** Whether it is on or off, by {@code --name} and {@code --no-name}, and takes no value. */
    boolean isSwitch() {
        return label.isEmpty();
    }

    /** Whether its value is nobody's business and never shown. */
    boolean isSecret() {
        return this == TLS_PASSWORD;
    }

    Group group() {
        return group;
    }

    /** What stands for the value in the help text. */
    String label() {
        return label;
    }

    /** The help text. */
    String description() {
        String shown = isSwitch() ? (fallback.equals("true") ? "on" : "off") : fallback.isEmpty() ? "none" : fallback;
        return meaning + " (default " + shown + ")";
    }

    /** The row of a file's key. */
    static java.util.Optional<ServeOption> ofKey(String key) {
        return java.util.Optional.ofNullable(BY_KEY.get(key));
    }
}
