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

    /** Stage and title in small letters, such as {@code text/the-text-hello}: it stays when cases are added. */
    String name() {
        StringBuilder name = new StringBuilder();
        title.codePoints().forEach(c -> {
            boolean plain = c < 0x80 && Character.isLetterOrDigit(c);
            name.append(
                    plain
                            ? Character.toString(Character.toLowerCase(c))
                            : c < 0x80 ? "-" : "-u" + Integer.toHexString(c));
        });
        return stage.label() + "/" + name.toString().replaceAll("-+", "-").replaceAll("^-|-$", "");
    }

    boolean isCalled(String text) {
        return id.equals(text) || name().equals(text);
    }

    String expected() {
        boolean open = answer == Answer.OPENED && (stage != Stage.HANDSHAKE || request.equals(Request.NONE));
        return open ? wanted.toString() : openingExpected();
    }

    private String openingExpected() {
        return steps.isEmpty() ? answer.toString() : answer + ", then " + wanted;
    }
}
