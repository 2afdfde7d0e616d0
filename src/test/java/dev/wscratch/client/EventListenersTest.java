package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventListenersTest {
    private final EventListeners<OpenEvent> listeners = new EventListeners<>();
    private final List<String> heard = new ArrayList<>();

    private List<String> dispatch() {
        heard.clear();
        listeners.dispatch(new OpenEvent());
        return List.copyOf(heard);
    }

    @Test
    void theAttributeKeepsThePlaceWhereItWasFirstSet() {
        listeners.set(e -> heard.add("first"));
        listeners.add(e -> heard.add("listener"));
        listeners.set(e -> heard.add("second"));
        assertThat(dispatch()).containsExactly("second", "listener");
    }

    @Test
    void anAttributeThatWasNullComesLast() {
        listeners.set(e -> heard.add("first"));
        listeners.add(e -> heard.add("listener"));
        listeners.set(null);
        assertThat(dispatch()).containsExactly("listener");
        listeners.set(e -> heard.add("again"));
        assertThat(dispatch()).containsExactly("listener", "again");
    }

    @Test
    void aListenerIsAddedOnceAndCanBeRemoved() {
        Consumer<OpenEvent> listener = e -> heard.add("once");
        listeners.add(listener);
        listeners.add(listener);
        assertThat(dispatch()).containsExactly("once");
        listeners.remove(listener);
        listeners.remove(listener);
        assertThat(dispatch()).isEmpty();
    }

    @Test
    void oneThatIsAddedWhileAnEventIsDeliveredHearsOfTheNextOne() {
        listeners.add(e -> listeners.add(late -> heard.add("late")));
        assertThat(dispatch()).isEmpty();
        assertThat(dispatch()).containsExactly("late");
    }

    @Test
    void oneThatIsRemovedWhileAnEventIsDeliveredHearsOfItNoMore() {
        Consumer<OpenEvent> removed = e -> heard.add("removed");
        AtomicBoolean first = new AtomicBoolean(true);
        listeners.add(e -> {
            if (first.getAndSet(false)) {
                listeners.remove(removed);
                listeners.set(null);
                listeners.set(late -> heard.add("late"));
            }
        });
        listeners.set(e -> heard.add("early"));
        listeners.add(removed);
        assertThat(dispatch()).isEmpty();
        assertThat(dispatch()).containsExactly("late");
    }

    @Test
    void oneThatThrowsSilencesNobody() {
        listeners.add(e -> {
            throw new IllegalStateException("a listener of the test");
        });
        listeners.add(e -> heard.add("after"));
        assertThat(dispatch()).containsExactly("after");
    }

    @Test
    void nullIsAHandlerToo() {
        assertThat(listeners.isSet()).isFalse();
        listeners.set(null);
        assertThat(listeners.isSet()).isTrue();
    }
}
