package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallbacksTest {
    private static final int MARK = 1000;

    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final List<String> events = new ArrayList<>();
    private final Callbacks.OnWorkers workers =
            new Callbacks.OnWorkers(pool::add, MARK, () -> events.add("busyChanged"));

    @Test
    void workersTakeTasksInOrderAlsoThoseOfOtherThreads() {
        workers.run(10, () -> events.add("frame"));
        workers.runLater(() -> events.add("close"));
        workers.run(10, () -> events.add("another"));
        assertThat(events).isEmpty();
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
        assertThat(events).containsExactly("frame", "close", "another");
        assertThat(workers.isInline()).isFalse();
    }

    @Test
    void workersAreBusyAboveTheMarkAndSayWhenThatChanges() {
        workers.run(MARK, () -> events.add("a"));
        assertThat(workers.isBusy()).as("at the mark").isFalse();
        workers.run(1, () -> events.add("b"));
        assertThat(workers.isBusy()).as("above the mark").isTrue();
        workers.run(500, () -> events.add("c"));
        assertThat(events).containsExactly("busyChanged");
        pool.remove().run();
        assertThat(workers.isBusy()).isFalse();
        assertThat(events).containsExactly("busyChanged", "a", "busyChanged");
    }

    @Test
    void aTaskThatThrowsGivesItsBytesBack() {
        workers.run(2 * MARK, () -> {
            throw new IllegalStateException("of a test");
        });
        assertThat(workers.isBusy()).isTrue();
        pool.remove().run();
        assertThat(workers.isBusy()).isFalse();
        assertThat(events).containsExactly("busyChanged", "busyChanged");
    }

    @Test
    void theSelectorRunsATaskAtOnceAndALaterOneLater() {
        FakeTcp tcp = new FakeTcp();
        Callbacks selector = new Callbacks.OnSelector(tcp);
        selector.run(5 * MARK, () -> events.add("now"));
        selector.runLater(() -> events.add("later"));
        assertThat(events).containsExactly("now");
        assertThat(selector.isInline()).isTrue();
        assertThat(selector.isBusy()).isFalse();
        tcp.runTasks();
        assertThat(events).containsExactly("now", "later");
    }
}
