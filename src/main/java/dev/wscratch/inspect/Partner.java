package dev.wscratch.inspect;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client on the server's side: does for a page what a browser would not, to this very server and to no other. */
public interface Partner extends AutoCloseable {
    /**
     * Judges what it is asked for.
     *
     * @param raw as asked for
     * @return what would have been right instead, or null
     */
    @Nullable String wrongWith(Command.Raw raw);

    /**
     * Connects and plays, on a thread of its own.
     *
     * @param raw as asked for, with nothing wrong with it
     * @param observation told all that passes
     * @param over told once, at the end: why it could not connect, or null
     * @return false when too many play already, and nothing happens
     */
    boolean play(Command.Raw raw, Observation observation, Consumer<@Nullable String> over);

    /** Ends what it plays. */
    @Override
    void close();
}
