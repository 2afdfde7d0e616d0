package dev.wscratch.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request, read from its raw bytes, so that nothing has been tidied up before it is judged.
 *
 * <p>{@link #parse} gives a head only if it can be read in one way: grammar, one Host, no body, no doubtful length.
 * Whether it is a good WebSocket handshake is {@link Handshake#judge}'s question.
 *
 * @param method such as {@code GET}; methods have a case (RFC 9110 section 9.1)
 * @param target as it was sent: {@code /path?query}, or {@code http://host/path} (RFC 9112 section 3.2.2), or {@code *}
 * @param version {@code HTTP/1.1} or {@code HTTP/1.0}
 * @param headers every header line in its order
 */
public record RequestHead(String method, String target, String version, HeaderFields headers) implements ParsedRequest {
    /**
     * Reads and judges a whole head.
     *
     * @param bytes from the first byte of the request line to the end of the empty line; position and limit stay
     */
    public static ParsedRequest parse(ByteBuffer bytes, HeadLimits limits) {
        Head head = Head.cut(bytes, limits);
        if (head.refusal != null) {
            return head.refusal;
        }
        String line = head.firstLine;
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        // Exactly two spaces: a target has none, and what a lenient reader makes of three is anyone's guess.
        if (first < 1 || last == first || line.indexOf(' ', first + 1) != last || last == first + 1) {
            return malformedLine(line);
        }
        String method = line.substring(0, first);
        if (!HttpSyntax.isToken(method)) {
            return malformedLine(line);
        }
        String version = line.substring(last + 1);
        if (!version.startsWith("HTTP/") || version.length() != 8) {
            return malformedLine(line);
        }
        RequestHead request = new RequestHead(method, line.substring(first + 1, last), version, head.fields);
        Refusal wrong = RequestRules.judge(request);
        return wrong == null ? request : wrong;
    }

    private static Refusal malformedLine(String line) {
        return Refusal.of(
                HeadRule.REQUEST_LINE_MALFORMED, "\"GET /path HTTP/1.1\" with single spaces", HttpSyntax.quote(line));
    }

    /** Path and query of the target, whichever form it has: {@code /chat?room=1}; {@code *} for {@code OPTIONS *}. */
    public String resource() {
        int authority = RequestRules.authorityStart(target);
        if (authority < 0) {
            return target;
        }
        int end = RequestRules.authorityEnd(target, authority);
        if (end == target.length()) {
            return "/";
        }
        return target.charAt(end) == '/' ? target.substring(end) : '/' + target.substring(end);
    }

    /** The path of the target, percent-encoded as it was sent. */
    public String path() {
        String resource = resource();
        int question = resource.indexOf('?');
        return question < 0 ? resource : resource.substring(0, question);
    }

    /** The query of the target without its question mark, or null. */
    public @Nullable String query() {
        String resource = resource();
        int question = resource.indexOf('?');
        return question < 0 ? null : resource.substring(question + 1);
    }

    /** The value of Host; null only for HTTP/1.0, which did not know it. */
    public @Nullable String host() {
        return headers.first("Host");
    }
}
