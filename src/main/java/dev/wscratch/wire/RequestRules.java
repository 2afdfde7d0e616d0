package dev.wscratch.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that every request keeps, WebSocket or not: version, target, Host, and no doubt about a body. */
final class RequestRules {
    private RequestRules() {}

    /** The first rule that the request breaks, or null. */
    static @Nullable Refusal judge(RequestHead request) {
        Refusal wrong = judgeVersion(request);
        if (wrong == null) {
            wrong = judgeTarget(request);
        }
        if (wrong == null) {
            wrong = judgeHost(request);
        }
        if (wrong == null) {
            wrong = judgeBody(request);
        }
        return wrong;
    }

    private static @Nullable Refusal judgeVersion(RequestHead request) {
        // A later 1.x would have to be answered as 1.1 (RFC 9110 2.5); none exists, so one that claims to be is no
        // friend.
        return switch (request.version()) {
            case "HTTP/1.1", "HTTP/1.0" -> null;
            default -> Refusal.of(HeadRule.VERSION_NOT_SUPPORTED, "HTTP/1.1", HttpSyntax.quote(request.version()));
        };
    }

    /**
     * RFC 9112 3.2 has four forms. Taken: a path (3.2.1); a whole http or https URI (3.2.2: a server must), which clients
     * send to proxies; {@code *} with OPTIONS (3.2.4). Refused: an authority (3.2.3), which is for CONNECT, since this is
     * no proxy. A fragment never travels.
     */
    private static @Nullable Refusal judgeTarget(RequestHead request) {
        String target = request.target();
        if (target.equals("*") && request.method().equals("OPTIONS")) {
            return null;
        }
        int authority = authorityStart(target);
        if (target.charAt(0) != '/' && authority < 0) {
            return badTarget("a path that begins with /", target);
        }
        int from = authority < 0 ? 0 : authorityEnd(target, authority);
        int bad = HttpSyntax.badTargetChar(target, from);
        if (bad >= 0) {
            return badTarget("characters that RFC 3986 allows, others as %XX", target.substring(bad));
        }
        if (authority >= 0 && !target.substring(authority, from).equalsIgnoreCase(request.host())) {
            return Refusal.of(
                    HeadRule.HOST_CONTRADICTS_TARGET,
                    "Host " + HttpSyntax.quote(target.substring(authority, from)),
                    HttpSyntax.quote(String.valueOf(request.host())));
        }
        return null;
    }

    private static Refusal badTarget(String expected, String actual) {
        return Refusal.of(HeadRule.TARGET_MALFORMED, expected, HttpSyntax.quote(actual));
    }

    /** Where the host begins in a target that is a whole URI, or -1. */
    static int authorityStart(String target) {
        if (target.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
    }

    /** Where the host that begins at {@code start} ends. */
    static int authorityEnd(String target, int start) {
        int i = start;
        while (i < target.length() && target.charAt(i) != '/' && target.charAt(i) != '?') {
            i++;
        }
        return i;
    }

    private static @Nullable Refusal judgeHost(RequestHead request) {
        List<String> hosts = request.headers().values("Host");
        if (hosts.size() > 1) {
            return Refusal.of(HeadRule.HOST_REPEATED, "one Host", hosts.size() + " of them");
        }
        if (hosts.isEmpty()) {
            return request.version().equals("HTTP/1.0")
                    ? null
                    : Refusal.of(HeadRule.HOST_MISSING, "a header Host", "none");
        }
        return Authority.parse(hosts.get(0)) == null
                ? Refusal.of(HeadRule.HOST_MALFORMED, "host or host:port", HttpSyntax.quote(hosts.get(0)))
                : null;
    }

    /** RFC 9112 6.3, read as strictly as it can be: anything that could hide a second request is refused. */
    private static @Nullable Refusal judgeBody(RequestHead request) {
        List<String> lengths = request.headers().values("Content-Length");
        boolean coded = request.headers().has("Transfer-Encoding");
        if (lengths.size() > 1) {
            return Refusal.of(HeadRule.LENGTH_AMBIGUOUS, "one Content-Length", lengths.size() + " of them");
        }
        if (coded && !lengths.isEmpty()) {
            return Refusal.of(
                    HeadRule.LENGTH_AMBIGUOUS, "one way to tell the length", "Content-Length and Transfer-Encoding");
        }
        if (!lengths.isEmpty()) {
            String length = lengths.get(0);
            if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Refusal.of(HeadRule.LENGTH_MALFORMED, "digits", HttpSyntax.quote(length));
            }
            if (length.chars().allMatch(c -> c == '0')) {
                return null;
            }
        }
        if (!coded && lengths.isEmpty()) {
            return null;
        }
        // A body is on its way. What it belongs to decides which refusal helps most.
        boolean bodiless = request.method().equals("GET") || request.method().equals("HEAD");
        return bodiless
                ? Refusal.of(HeadRule.BODY_NOT_TAKEN, "no body", "a header that announces one")
                : Handshake.methodNotGet(request.method());
    }
}
