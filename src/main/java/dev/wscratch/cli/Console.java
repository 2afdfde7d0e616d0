package dev.wscratch.cli;

import java.io.IOException;

/** Where a person types while messages come in. */
interface Console extends AutoCloseable {
    /** What the person did. */
    sealed interface Input {}

    /** A line, without its end. */
    record Line(String text) implements Input {}

    /** Ctrl-D: there is no more. */
    record End() implements Input {}

    /** Ctrl-C. */
    record Interrupt() implements Input {}

    /**
     * Waits for what comes next. Called by one thread at a time.
     *
     * @throws IOException if the terminal cannot be read
     */
    Input read() throws IOException;

    /** Reads again after {@link #stop}. */
    void start();

    /** Lets {@link #read} return soon, if it can; what it returns then does not matter. Any thread may call it. */
    void stop();

    /** {@return where to write so that what is being typed is not disturbed} */
    Streams streams();

    /** {@return how many characters fit on a line} */
    int columns();

    /** Gives the terminal back as it was. */
    @Override
    void close();
}
