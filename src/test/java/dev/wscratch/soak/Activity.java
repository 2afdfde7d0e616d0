package dev.wscratch.soak;

/** Something that is done to the server again and again, by one thread at a time. */
interface Activity {
    String name();

    /** Between the end of one step and the start of the next. */
    long pauseMillis();

    /** Whether it stands still while the server is sampled, so that nothing under way is taken for a leak. */
    default boolean pausesForSamples() {
        return true;
    }

    /**
     * Once.
     *
     * @throws Exception when the server did not do what it should
     */
    void step() throws Exception;

    /**
     * Ends the connections that it holds.
     *
     * @throws Exception when they cannot be closed
     */
    void end() throws Exception;
}
