package dev.wscratch.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The cases that a client is judged by: those of a server, with frames as a server sends them. */
final class ClientCases {
    /** Stages whose cases say the same of both ends; handshakes and masks are judged apart. */
    private static final Set<Stage> SHARED =
            EnumSet.of(Stage.TEXT, Stage.LENGTHS, Stage.FRAGMENTS, Stage.CONTROL, Stage.UTF8, Stage.CLOSE);

    static final List<Case> ALL = all();

    private ClientCases() {}

    private static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Case one : Catalogue.ALL) {
            if (SHARED.contains(one.stage())) {
                cases.add(new Case(
                        one.id(),
                        one.stage(),
                        one.title(),
                        one.section(),
                        one.request(),
                        one.answer(),
                        one.steps().stream().map(ClientCases::unmasked).toList(),
                        one.eager(),
                        one.wanted()));
            } else if (one.stage() == Stage.MASKING && one.id().equals("4.1")) {
                cases.addAll(masking());
            }
        }
        return List.copyOf(cases);
    }

    private static List<Case> masking() {
        Family family = new Family(Stage.MASKING);
        Bytes hello = Bytes.utf8("Hello");
        Wanted refused = Wanted.failure(1002);
        family.add("a masked text", "RFC 6455 5.1", refused, Step.send(Masked.text(hello)));
        family.add("a masked binary", "RFC 6455 5.1", refused, Step.send(Masked.binary(hello)));
        family.add("a masked ping", "RFC 6455 5.1", refused, Step.send(Masked.ping("p")));
        family.add("a masked empty text", "RFC 6455 5.1", refused, Step.send(Masked.text(Bytes.NONE)));
        return family.cases();
    }

    private static Step unmasked(Step step) {
        return step instanceof Step.Send send
                ? new Step.Send(Unmasking.of(send.bytes()), send.chop(), send.times())
                : step;
    }
}
