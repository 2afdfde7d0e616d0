package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final Set<String> ready = new HashSet<>();
    private final List<String> ran = new ArrayList<>();
    private int rooms;

    private final EventQueue queue = new EventQueue(
            Runnable::run,
            event -> ready.contains(event.type()),
            task -> ran.add(
                    task.event() == null ? "" + task.next() : task.event().type()),
            () -> rooms++);

    @Test
    void anEventWaitsForItsTypeAndHoldsWhatIsBehindIt() {
        add(new OpenEvent(), 0);
        add(new MessageEvent("x", "ws://h"), 1);
        queue.add(new EventQueue.Task(ReadyState.CLOSING, null, 0));
        ready.add("message");
        queue.wake();
        assertThat(ran).isEmpty();
        ready.add("open");
        queue.wake();
        assertThat(ran).containsExactly("open", "message", "CLOSING");
    }

    @Test
    void aReadyEventRunsAtOnce() {
        ready.add("open");
        add(new OpenEvent(), 0);
        assertThat(ran).containsExactly("open");
    }

    @Test
    void tooManyEventsAreFullUntilHalfAreGone() {
        for (int i = 0; i < EventQueue.HIGH_WATER_EVENTS; i++) {
            assertThat(queue.isFull()).isFalse();
            add(new MessageEvent("x", "ws://h"), 1);
        }
        assertThat(queue.isFull()).isTrue();
        assertThat(rooms).isZero();
        ready.add("message");
        queue.wake();
        assertThat(ran).hasSize(EventQueue.HIGH_WATER_EVENTS);
        assertThat(rooms).isEqualTo(1);
        assertThat(queue.isFull()).isFalse();
    }

    @Test
    void tooMuchTextIsFull() {
        add(new MessageEvent("x", "ws://h"), EventQueue.HIGH_WATER_SIZE - 1);
        assertThat(queue.isFull()).isFalse();
        add(new MessageEvent("x", "ws://h"), 1);
        assertThat(queue.isFull()).isTrue();
    }

    @Test
    void droppedMessagesMakeRoomAndLetTheRestPass() {
        add(new MessageEvent("x", "ws://h"), EventQueue.HIGH_WATER_SIZE);
        add(new CloseEvent(1000, "", true), 0);
        ready.add("close");
        assertThat(queue.isFull()).isTrue();
        queue.dropMessages();
        assertThat(ran).containsExactly("close");
        assertThat(rooms).isEqualTo(1);
    }

    private void add(Event event, long size) {
        queue.add(new EventQueue.Task(null, event, size));
    }
}
