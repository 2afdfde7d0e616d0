package dev.wscratch.cli;

/** Colours on a terminal (ECMA-48 8.3.117), or none. */
enum Colours {
    NONE,
    ANSI;

    /**
     * What the user wants: {@code --color} before {@code NO_COLOR} (no-color.org) and {@code TERM}.
     *
     * @param option auto, always or never
     * @param terminal whether a person sees what is coloured
     */
    static Colours of(Value option, boolean terminal, Environment environment) {
        return switch (option.oneOf("auto", "always", "never")) {
            case "always" -> ANSI;
            case "never" -> NONE;
            default -> terminal && environment.first("NO_COLOR").isEmpty() && !isDumb(environment) ? ANSI : NONE;
        };
    }

    /** Whether the terminal cannot move its cursor, or nobody says what it is. */
    static boolean isDumb(Environment environment) {
        return environment.first("TERM").map(term -> term.text().equals("dumb")).orElse(true);
    }

    /** What stands aside. */
    String dim(String text) {
        return in("2", "22", text);
    }

    /** What is bytes, or a word of a program. */
    String code(String text) {
        return in("1", "22", text);
    }

    /** What is wrong. */
    String wrong(String text) {
        return in("31", "39", text);
    }

    /** What goes to the server. */
    String sent(String text) {
        return in("36", "39", text);
    }

    /** What comes from the server. */
    String received(String text) {
        return in("32", "39", text);
    }

    private String in(String on, String off, String text) {
        return this == NONE || text.isEmpty() ? text : "\u001b[" + on + "m" + text + "\u001b[" + off + "m";
    }
}
