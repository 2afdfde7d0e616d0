package dev.wscratch.inspect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the inspector says to a page: one JSON object of {@code wscratch.inspect.v1} in a text message. */
public sealed interface Report {
    /**
     * {@code watching}: the answer to {@link Command.Watch}.
     *
     * @param server what it can do
     */
    record Watching(About server) implements Report {}

    /**
     * {@code done}: an order was obeyed.
     *
     * @param id of the order
     */
    record Done(long id) implements Report {}

    /**
     * {@code problem}: a command was not obeyed.
     *
     * @param id of the command; null when it had none that can be read
     * @param code a word, such as {@code busy}
     * @param expected what would have been right, for a person
     * @param actual what there was instead
     */
    record Problem(@Nullable Long id, String code, String expected, String actual) implements Report {}

    /** {@code events}: what connections did, in order. */
    final class Events implements Report {
        private final List<Event> list;

        Events(List<Event> list) {
            this.list = List.copyOf(list);
        }

        List<Event> list() {
            return list;
        }
    }
}
