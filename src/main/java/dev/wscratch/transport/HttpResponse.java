package dev.wscratch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole answer to a plain HTTP request (RFC 9112), or the refusal of a handshake.
 *
 * @param status a final one, 200 to 599
 * @param headers name and value, in order; {@code Content-Length}, {@code Date} and {@code Connection} are added
 * @param body may be empty; left out of the answer to a HEAD request, of a 204 and of a 304
 */
public record HttpResponse(int status, List<Header> headers, ByteBuffer body) {
    /**
     * One header field.
     *
     * @param name a token of RFC 9110
     * @param value without line breaks
     */
    public record Header(String name, String value) {
        /** Refuses what would split the response into two. */
        public Header {
            if (name.isEmpty() || !name.chars().allMatch(Header::isTokenChar)) {
                throw new IllegalArgumentException("header name: expected a token, got \"" + name + "\"");
            }
            if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F || c > 0xFF)) {
                throw new IllegalArgumentException(
                        "header " + name + ": expected a value of one line in ISO 8859-1, got another character");
            }
        }

        private static boolean isTokenChar(int c) {
            return (c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
    }

    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    /** Copies neither: list and body may not be changed afterwards. */
    public HttpResponse {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: expected 200 to 599, got " + status);
        }
    }

    /**
     * A short text for a person.
     *
     * @param status such as 404
     * @param text one line
     * @return text/plain
     */
    public static HttpResponse text(int status, String text) {
        return new HttpResponse(
                status,
                List.of(
                        new Header("Content-Type", "text/plain; charset=utf-8"),
                        new Header("X-Content-Type-Options", "nosniff")),
                UTF_8.encode(text + "\n"));
    }

    /**
     * The same with one more header.
     *
     * @param name of the header
     * @param value of the header
     * @return a copy
     */
    public HttpResponse with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpResponse(status, more, body);
    }

    /** {@return bytes on the wire, head and body, of the answer to a GET on a connection that stays} */
    public int length() {
        return serialise(true, false).remaining();
    }

    /**
     * The bytes to send.
     *
     * @param withBody false for the answer to HEAD
     * @param close whether the connection ends after this answer
     */
    ByteBuffer serialise(boolean withBody, boolean close) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reasonPhrase(status))
                .append("\r\n");
        for (Header header : headers) {
            head.append(header.name).append(": ").append(header.value).append("\r\n");
        }
        head.append("Date: ")
                .append(DATE.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .append("\r\n");
        // RFC 9112 section 6.3: these two end with their head, and RFC 9110 section 8.6 forbids the length of a 204.
        boolean mayHaveBody = status != 204 && status != 304;
        if (mayHaveBody) {
            head.append("Content-Length: ").append(body.remaining()).append("\r\n");
        }
        if (close) {
            head.append("Connection: close\r\n");
        }
        head.append("\r\n");
        byte[] start = head.toString().getBytes(ISO_8859_1);
        ByteBuffer sent = withBody && mayHaveBody ? body.duplicate() : ByteBuffer.allocate(0);
        return ByteBuffer.allocate(start.length + sent.remaining())
                .put(start)
                .put(sent)
                .flip();
    }

    static String reasonPhrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Status";
        };
    }
}
