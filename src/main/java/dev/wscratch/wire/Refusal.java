package dev.wscratch.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a request is refused, as a value, in words that help the one who sent it.
 *
 * @param status the HTTP status, 400 to 599
 * @param rule the rule that was broken
 * @param expected what would have been right
 * @param actual what came; a peer's text in it is escaped and cut short
 * @param headers what the answer must carry besides, such as {@code Allow}
 */
public record Refusal(int status, Rule rule, String expected, String actual, List<HeaderField> headers)
        implements ParsedRequest, Handshake.Verdict {
    public Refusal {
        headers = List.copyOf(headers);
    }

    static Refusal of(HeadRule rule, String expected, String actual) {
        return new Refusal(rule.status(), rule, expected, actual, List.of());
    }

    static Refusal of(HandshakeRule rule, String expected, String actual) {
        return new Refusal(rule.status(), rule, expected, actual, List.of());
    }

    Refusal withHeader(String name, String value) {
        List<HeaderField> more = new ArrayList<>(headers);
        more.add(new HeaderField(name, value));
        return new Refusal(status, rule, expected, actual, more);
    }

    /** The answer's body: plain text of a few lines that says what was expected, what came, and what to try. */
    public String text() {
        return "Expected " + expected + ", got " + actual + ".\n" + rule.sentence() + " (" + rule.section()
                + ")\nTry this: " + Diagnosis.of(rule).advice() + "\n";
    }
}
