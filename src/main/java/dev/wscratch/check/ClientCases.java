package dev.wscratch.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cases that a client is judged by: those of a server, with frames as a server sends them, and answers of its own. */
final class ClientCases {
    /** Stages whose cases say the same of both ends. */
    private static final Set<Stage> SHARED = EnumSet.of(
            Stage.TEXT, Stage.LENGTHS, Stage.FRAGMENTS, Stage.CONTROL, Stage.UTF8, Stage.CLOSE, Stage.LIMITS);

    private static final Map<String, Greeting> GREETINGS = new HashMap<>();

    static final List<Case> ALL = all();

    private ClientCases() {}

    /** What the request is answered with in this case. */
    static Greeting greeting(Case one) {
        return GREETINGS.getOrDefault(one.id(), Greeting.USUAL);
    }

    private static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (SHARED.contains(stage)) {
                Catalogue.of(stage).stream()
                        .filter(one -> !one.eager()) // That is about a client's haste.
                        .forEach(one -> cases.add(unmasked(one)));
            } else {
                Family family = new Family(stage);
                switch (stage) {
                    case HANDSHAKE -> ClientHandshakeCases.add(new Greeted(family));
                    case MASKING -> masking(family);
                    default -> ClientCompressionCases.add(new Greeted(family));
                }
                cases.addAll(family.cases());
            }
        }
        return List.copyOf(cases);
    }

    /** Adds cases together with what their requests are answered with. */
    record Greeted(Family family) {
        void add(Greeting greeting, String title, String section, Wanted wanted, Step... steps) {
            Step[] unmasked = List.of(steps).stream().map(ClientCases::unmasked).toArray(Step[]::new);
            GREETINGS.put(
                    family.add(title, section, Request.NONE, wanted, unmasked).id(), greeting);
        }
    }

    private static void masking(Family family) {
        Bytes hello = Bytes.utf8("Hello");
        Wanted refused = Wanted.failure(1002);
        family.add("a masked text", "RFC 6455 5.1", refused, Step.send(Masked.text(hello)));
        family.add("a masked binary", "RFC 6455 5.1", refused, Step.send(Masked.binary(hello)));
        family.add("a masked ping", "RFC 6455 5.1", refused, Step.send(Masked.ping("p")));
        family.add("a masked empty text", "RFC 6455 5.1", refused, Step.send(Masked.text(Bytes.NONE)));
    }

    private static Case unmasked(Case one) {
        List<Step> steps = one.steps().stream().map(ClientCases::unmasked).toList();
        // 7.4.1: 1010 is a client's to send, so that what it makes of a server's is open.
        boolean ofClients = one.title().equals("the code 1010");
        return new Case(
                one.id(),
                one.stage(),
                one.title(),
                one.section(),
                one.request(),
                one.answer(),
                steps,
                one.eager(),
                ofClients ? new Wanted.SomeEnd(Set.of(1000, 1002, 1010)) : one.wanted());
    }

    private static Step unmasked(Step step) {
        return step instanceof Step.Send send
                ? new Step.Send(Unmasking.of(send.bytes()), send.chop(), send.times())
                : step;
    }
}
