package dev.wscratch.check;

import dev.wscratch.check.ClientCases.Greeted;
import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.Opcode;
import java.util.List;

/** Stage 10 for a client that offers permessage-deflate: what may be answered, what must not, and the frames. */
final class ClientCompressionCases {
    private static final String NAME = DeflateParameters.NAME;
    private static final String PARAMETERS = "RFC 7692 7.1";

    private ClientCompressionCases() {}

    static void add(Greeted cases) {
        List<String> good = List.of(
                NAME,
                NAME + "; server_no_context_takeover",
                NAME + "; client_no_context_takeover",
                NAME + "; server_no_context_takeover; client_no_context_takeover",
                NAME + "; server_max_window_bits=15",
                NAME + "; server_max_window_bits=9");
        for (String answer : good) {
            cases.add(
                    Greeting.USUAL.agreeing(answer),
                    "the answer " + answer + ": a text comes back",
                    PARAMETERS,
                    Wanted.replies(Reply.text("Hello, Hello, Hello")),
                    new Step.Deflated(Opcode.TEXT, Bytes.utf8("Hello, Hello, Hello"), 0));
        }
        List<String> bad = List.of(
                NAME + "; unknown_parameter",
                NAME + "; server_max_window_bits=7",
                NAME + "; server_max_window_bits=16",
                NAME + "; server_max_window_bits",
                NAME + "; client_max_window_bits=16",
                NAME + "; server_no_context_takeover=1",
                NAME + "; server_no_context_takeover; server_no_context_takeover",
                NAME + ", " + NAME);
        for (String answer : bad) {
            cases.add(
                    Greeting.USUAL.agreeing(answer),
                    "the answer " + answer + " opens nothing",
                    PARAMETERS,
                    new Wanted.NotOpened(),
                    Step.send(Masked.text("Hello")));
        }
        for (Case one : Catalogue.of(Stage.COMPRESSION)) {
            if (!one.section().equals(PARAMETERS)) { // Those are about offers.
                cases.add(
                        Greeting.USUAL.agreeing(one.request().offer()),
                        one.title(),
                        one.section(),
                        one.wanted(),
                        one.steps().toArray(Step[]::new));
            }
        }
    }
}
