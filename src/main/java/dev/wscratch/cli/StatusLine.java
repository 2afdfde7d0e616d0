package dev.wscratch.cli;

/** One line on stderr that is drawn again and again, where there is a terminal that can; nothing elsewhere. */
final class StatusLine {
    private static final int WIDTH = 78;

    private final Streams streams;
    private final boolean redraws;

    StatusLine(Streams streams) {
        this.streams = streams;
        // The launcher script says what stderr is. A terminal that cannot move its cursor (TERM=dumb) gets lines.
        String terminal = System.getenv("TERM");
        redraws = Boolean.getBoolean("wscratch.stderr.terminal") && terminal != null && !terminal.equals("dumb");
    }

    boolean redraws() {
        return redraws;
    }

    void show(String text) {
        if (redraws) {
            String cut = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
            streams.err().print("\r" + cut + " ".repeat(WIDTH - cut.length()));
            streams.err().flush();
        }
    }

    /** Leaves an empty line behind for what comes next. */
    void clear() {
        if (redraws) {
            streams.err().print("\r" + " ".repeat(WIDTH) + "\r");
            streams.err().flush();
        }
    }
}
