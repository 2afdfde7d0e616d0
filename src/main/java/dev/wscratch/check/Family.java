package dev.wscratch.check;

import java.util.ArrayList;
import java.util.List;

/** Collects the cases of one stage and numbers them. */
final class Family {
    private final Stage stage;
    private final List<Case> cases = new ArrayList<>();

    Family(Stage stage) {
        this.stage = stage;
    }

    /** After the usual handshake. */
    Case add(String title, String section, Wanted wanted, Step... steps) {
        return add(title, section, Request.USUAL, Answer.OPENED, wanted, List.of(steps), false);
    }

    /** After a handshake of its own. */
    Case add(String title, String section, Request request, Wanted wanted, Step... steps) {
        return add(title, section, request, Answer.OPENED, wanted, List.of(steps), false);
    }

    /** Only a handshake. */
    void handshake(String title, String section, Request request, Answer answer) {
        add(title, section, request, answer, Wanted.replies(), List.of(), false);
    }

    /** The first step goes out in one piece with the request. */
    void eager(String title, String section, Wanted wanted, Step... steps) {
        add(title, section, Request.USUAL, Answer.OPENED, wanted, List.of(steps), true);
    }

    private Case add(
            String title,
            String section,
            Request request,
            Answer answer,
            Wanted wanted,
            List<Step> steps,
            boolean eager) {
        String id = stage.number() + "." + (cases.size() + 1);
        Case added = new Case(id, stage, title, section, request, answer, steps, eager, wanted);
        cases.add(added);
        return added;
    }

    List<Case> cases() {
        return List.copyOf(cases);
    }
}
