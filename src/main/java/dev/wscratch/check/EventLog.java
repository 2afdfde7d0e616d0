package dev.wscratch.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** What happened on a connection, in words: the first events and the last ones, however many there were. */
final class EventLog {
    private static final int FIRST = 4;
    private static final int LAST = 2;

    private final List<String> first = new ArrayList<>();
    private final Deque<Event> last = new ArrayDeque<>();
    private long leftOut;

    /** Words are short, where an event may hold a long message; of a flood they are not made. */
    void add(Event event) {
        if (first.size() < FIRST) {
            first.add(event.toString());
            return;
        }
        last.add(event);
        if (last.size() > LAST) {
            last.remove();
            leftOut++;
        }
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>(first);
        if (leftOut > 0) {
            words.add(String.format(Locale.ROOT, "… %,d more …", leftOut));
        }
        last.forEach(event -> words.add(event.toString()));
        return String.join(", ", words);
    }
}
