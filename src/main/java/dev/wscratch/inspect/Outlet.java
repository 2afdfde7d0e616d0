package dev.wscratch.inspect;

/** The way to a watcher's page. */
public interface Outlet {
    /**
     * Sends a report and returns at once; the next one is not given before this one's end.
     *
     * @param report to be sent
     * @param done run once, when the report has left or cannot
     */
    void send(Report report, Runnable done);

    /** The page asks, and does not read its answers: closes the connection to it. */
    void tooSlow();

    /**
     * Another watcher takes this one's place: closes the connection to the page.
     *
     * @param code of the Close frame
     * @param reason of it
     */
    void end(int code, String reason);
}
