package dev.wscratch.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect from a browser: judges Origin and Host (RFC 6455 sections 4.2.2 and 10.2).
 *
 * <p>Browsers let any page open a WebSocket to any server and send that server's cookies along; all they add is the
 * header Origin, which says what page it is. A server that does not look lets every page speak in its visitor's name.
 *
 * <ul>
 *   <li>No Origin: allowed. It is not a browser, and any other program could claim what it likes.
 *   <li>The same scheme, host and port as the request itself ({@code http} for {@code ws}): allowed.
 *   <li>An origin that is listed, or any if {@code *} is: allowed.
 *   <li>Everything else is refused, {@code null} (a sandboxed frame, a local file) and two Origins included.
 * </ul>
 *
 * <p>Comparing with Host is worth nothing if the attacker chooses Host. A page at {@code evil.example} whose name
 * suddenly resolves to 127.0.0.1 would be "the same origin" as a server on the visitor's machine (DNS rebinding). So a
 * server bound to loopback also wants Host to be a name of this machine, or listed.
 *
 * <p>A pure function of plain values: the standalone server's gate and a servlet filter call the same one.
 */
public final class OriginPolicy {
    /** Same origin only. */
    public static final OriginPolicy SAME_ORIGIN = new OriginPolicy(List.of(), List.of());

    private final boolean any;
    private final Set<String> origins;
    private final Set<String> hosts;

    /**
     * A policy with allow-lists.
     *
     * @param origins such as {@code https://app.example:8443}; {@code *} allows every origin, {@code null} the null one
     * @param hosts names or addresses, without a port, by which a server on loopback may be called too
     * @throws IllegalArgumentException if an entry is not what it should be
     */
    public OriginPolicy(List<String> origins, List<String> hosts) {
        this.any = origins.contains("*");
        List<String> normalised = new ArrayList<>();
        for (String origin : origins) {
            if (!origin.equals("*")) {
                normalised.add(require(
                        origin.equals("null") ? origin : Origin.normalise(origin),
                        origin,
                        "an origin such as https://app.example (scheme, host, perhaps a port, no path), * or null"));
            }
        }
        this.origins = Set.copyOf(normalised);
        List<String> names = new ArrayList<>();
        for (String host : hosts) {
            Authority authority = Authority.parse(host);
            String name = authority == null || authority.port() >= 0 ? null : authority.host();
            names.add(require(name, host, "a host such as dev.example or 192.0.2.1, without a port"));
        }
        this.hosts = Set.copyOf(names);
    }

    private static String require(@Nullable String value, String given, String expected) {
        if (value == null) {
            throw new IllegalArgumentException("Expected " + expected + ", got " + HttpSyntax.quote(given));
        }
        return value;
    }

    /**
     * Judges one handshake.
     *
     * @param originHeaders the value of each Origin line, none if there is none
     * @param hostHeader the value of Host, null if there is none
     * @param secure whether the client speaks TLS (to this server, or to the proxy in front of it)
     * @param boundToLoopback whether the server listens on a loopback address
     * @return a refusal with 403, or empty if the handshake may go on
     */
    public Optional<Refusal> judge(
            List<String> originHeaders, @Nullable String hostHeader, boolean secure, boolean boundToLoopback) {
        Authority host = hostHeader == null ? null : Authority.parse(hostHeader);
        if (boundToLoopback && (host == null || !(host.isLoopback() || hosts.contains(host.host())))) {
            return Optional.of(Refusal.of(
                    HandshakeRule.HOST_NOT_ALLOWED,
                    "Host localhost, a loopback address" + (hosts.isEmpty() ? "" : " or one of " + sorted(hosts)),
                    hostHeader == null ? "none" : HttpSyntax.quote(hostHeader)));
        }
        if (originHeaders.isEmpty()) {
            return Optional.empty();
        }
        if (originHeaders.size() > 1) {
            return Optional.of(
                    Refusal.of(HandshakeRule.ORIGIN_REPEATED, "one Origin or none", originHeaders.size() + " of them"));
        }
        String given = originHeaders.get(0);
        String own = host == null ? null : Origin.of(secure ? "https" : "http", host);
        String origin = given.equals("null") ? given : Origin.normalise(given);
        if (any || (origin != null && (origin.equals(own) || origins.contains(origin)))) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(
                HandshakeRule.ORIGIN_NOT_ALLOWED,
                "Origin " + (own == null ? "of this server" : own)
                        + (origins.isEmpty() ? "" : " or one of " + sorted(origins)),
                HttpSyntax.quote(given)));
    }

    private static List<String> sorted(Set<String> values) {
        return values.stream().sorted().toList();
    }
}
