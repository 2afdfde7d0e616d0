package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Says of each piece of a handshake, request or response, what it is (RFC 6455 sections 1.3, 4.1 and 4.2). It explains
 * whatever it gets and judges nothing: that is {@link RequestHead}'s and {@link Handshake}'s, and {@link
 * ClientHandshake}'s for the answer.
 */
public final class HandshakeExplainer {
    private final String text;
    private final List<ExplainedBytes> explained = new ArrayList<>();

    private HandshakeExplainer(String text) {
        this.text = text;
    }

    /**
     * Explains a head.
     *
     * @param head its raw bytes, perhaps cut short; position and limit stay
     */
    public static List<ExplainedBytes> explain(ByteBuffer head) {
        String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
        HandshakeExplainer explainer = new HandshakeExplainer(text);
        explainer.explainAll();
        return List.copyOf(explainer.explained);
    }

    private void explainAll() {
        int from = 0;
        while (from < text.length()) {
            int lf = text.indexOf('\n', from);
            int next = lf < 0 ? text.length() : lf + 1;
            int end = lf < 0 ? next : lf > from && text.charAt(lf - 1) == '\r' ? lf - 1 : lf;
            if (end == from) {
                add(
                        from,
                        next,
                        "empty line",
                        "An empty line ends the head; from here on another protocol begins.",
                        "RFC 9112 2.1");
            } else {
                if (from == 0) {
                    explainFirstLine(end);
                } else {
                    explainHeader(from, end);
                }
                add(end, next, "line end", "CR LF ends the line.", "RFC 9112 2.2");
            }
            from = next;
        }
    }

    private void explainFirstLine(int end) {
        int first = text.indexOf(' ');
        int second = first < 0 ? -1 : text.indexOf(' ', first + 1);
        if (first < 0 || first > end) {
            add(0, end, "first line", "A request begins with a method, a response with a version.", "RFC 9112 2.1");
            return;
        }
        int middle = second < 0 || second > end ? end : second;
        if (text.startsWith("HTTP/")) {
            add(0, first + 1, text.substring(0, first), "The version of HTTP that the server speaks.", "RFC 9112 4");
            String status = text.substring(first + 1, middle);
            add(first + 1, middle, status, HeaderWords.ofStatus(status), HeaderWords.sectionOfStatus(status));
            add(middle, end, "reason", "The status once more, in words for people.", "RFC 9112 4");
        } else {
            String method = text.substring(0, first);
            add(0, first + 1, method, HeaderWords.ofMethod(method), "RFC 6455 4.1");
            add(first + 1, middle, "target", "What on the server is asked for: path and query.", "RFC 6455 3");
            add(
                    middle,
                    end,
                    "version",
                    "The handshake is HTTP/1.1, so that it can share a port with a web server.",
                    "RFC 6455 1.7");
        }
    }

    private void explainHeader(int from, int end) {
        int colon = text.indexOf(':', from);
        String name = colon < 0 || colon > end ? "" : text.substring(from, colon);
        HeaderWords words = HeaderWords.of(name);
        add(
                from,
                end,
                name.isEmpty() ? "no header" : HttpSyntax.isToken(name) ? name : "header",
                words.sentence(),
                words.section());
    }

    /** Nothing, if there are no bytes. */
    private void add(int from, int to, String label, String sentence, String section) {
        if (to > from) {
            explained.add(ExplainedBytes.of(from, to - from, label, sentence, section));
        }
    }
}
