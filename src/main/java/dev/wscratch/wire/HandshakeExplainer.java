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
    /** Whether the first line says 101: then the head is the last of HTTP. */
    private boolean switching;

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
                add(switching ? Piece.EMPTY_LINE_OF_101 : Piece.EMPTY_LINE, from, next);
            } else {
                if (from == 0) {
                    explainFirstLine(end);
                } else {
                    explainHeader(from, end);
                }
                add(Piece.LINE_END, end, next);
            }
            from = next;
        }
    }

    private void explainFirstLine(int end) {
        int first = text.indexOf(' ');
        int second = first < 0 ? -1 : text.indexOf(' ', first + 1);
        if (first < 0 || first > end) {
            add(Piece.FIRST_LINE, 0, end);
            return;
        }
        int middle = second < 0 || second > end ? end : second;
        String firstWord = text.substring(0, first);
        if (text.startsWith("HTTP/")) {
            String status = text.substring(first + 1, middle);
            add(Piece.RESPONSE_VERSION, 0, first + 1, "text", firstWord);
            switching = status.equals("101");
            add(switching ? Piece.STATUS_101 : Piece.STATUS_OTHER, first + 1, middle, "text", status);
            add(Piece.REASON, middle, end);
        } else {
            add(firstWord.equals("GET") ? Piece.METHOD_GET : Piece.METHOD_OTHER, 0, first + 1, "text", firstWord);
            add(Piece.TARGET, first + 1, middle);
            add(Piece.REQUEST_VERSION, middle, end);
        }
    }

    private void explainHeader(int from, int end) {
        int colon = text.indexOf(':', from);
        String name = colon < 0 || colon > end ? "" : text.substring(from, colon);
        if (name.isEmpty() || !HttpSyntax.isToken(name)) {
            add(name.isEmpty() ? Piece.NO_HEADER : Piece.MALFORMED_HEADER, from, end);
            return;
        }
        HeaderWords words = HeaderWords.of(name);
        explained.add(ExplainedBytes.of(from, end - from, name, words.sentence(), words.section()));
    }

    /** Nothing, if there are no bytes. */
    private void add(Piece piece, int from, int to, Object... namesAndValues) {
        if (to > from) {
            explained.add(piece.at(from, to - from, namesAndValues));
        }
    }
}
