package dev.wscratch.wire;

import java.nio.ByteBuffer;

/**
 * The head of an HTTP response (RFC 9112 section 4), read from its raw bytes.
 *
 * @param status 100 to 999
 * @param reason may be empty
 * @param version {@code HTTP/1.1} or {@code HTTP/1.0}
 * @param headers every header line in its order
 */
public record ResponseHead(int status, String reason, String version, HeaderFields headers) implements ParsedResponse {
    /**
     * Reads a whole head.
     *
     * @param bytes from the first byte of the status line to the end of the empty line; position and limit stay
     */
    public static ParsedResponse parse(ByteBuffer bytes, HeadLimits limits) {
        Head head = Head.cut(bytes, limits);
        Refusal refusal = head.refusal;
        if (refusal != null) {
            return new ClientHandshake.Failure(refusal.rule(), 0, refusal.expected(), refusal.actual());
        }
        String line = head.firstLine;
        boolean known = line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ");
        if (!known || line.length() < 12 || !line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return malformedLine(line);
        }
        // The space before an empty reason is often forgotten, and nothing depends on it.
        int status = Integer.parseInt(line.substring(9, 12));
        if (status < 100 || (line.length() > 12 && line.charAt(12) != ' ')) {
            return malformedLine(line);
        }
        String reason = line.length() > 12 ? line.substring(13) : "";
        return new ResponseHead(status, reason, line.substring(0, 8), head.fields);
    }

    private static ClientHandshake.Failure malformedLine(String line) {
        return new ClientHandshake.Failure(
                HeadRule.STATUS_LINE_MALFORMED,
                0,
                "\"HTTP/1.1 101 Switching Protocols\" or another status line",
                HttpSyntax.quote(line));
    }
}
