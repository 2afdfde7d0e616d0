package dev.wscratch.check;

import java.util.List;

/**
 * One case: data that says what is sent and what a good server does.
 *
 * @param id stage and number, such as 3.12
 * @param stage where it belongs
 * @param title what is tried, for people
 * @param section of the RFC
 * @param request the opening request
 * @param answer to the request
 * @param steps what is sent once the connection is open; the first goes out right behind the request if {@code eager}
 * @param eager not to wait for the answer
 * @param wanted what comes back to the steps
 */
record Case(
        String id,
        Stage stage,
        String title,
        String section,
        Request request,
        Answer answer,
        List<Step> steps,
        boolean eager,
        Wanted wanted) {
    /** Copies the steps. */
    Case {
        steps = List.copyOf(steps);
    }

    String expected() {
        return answer == Answer.OPENED && stage != Stage.HANDSHAKE ? wanted.toString() : openingExpected();
    }

    private String openingExpected() {
        return steps.isEmpty() ? answer.toString() : answer + ", then " + wanted;
    }
}
