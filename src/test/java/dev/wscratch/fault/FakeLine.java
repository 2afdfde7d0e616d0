package dev.wscratch.fault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A line without a socket, whose time goes by only when a test says so. */
final class FakeLine implements Line {
    private record Task(long due, long number, Runnable task) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<String> events = new ArrayList<>();
    private long now;
    private long number;

    @Override
    public void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        sent.writeBytes(copy);
        events.add(now / 1_000_000 + " sends " + copy.length);
    }

    @Override
    public void shutdownOutput() {
        events.add(now / 1_000_000 + " FIN");
    }

    @Override
    public void close() {
        events.add(now / 1_000_000 + " closes");
    }

    @Override
    public void cut() {
        events.add(now / 1_000_000 + " cuts");
    }

    @Override
    public void abort() {
        events.add(now / 1_000_000 + " resets");
    }

    @Override
    public void pauseReading(boolean pause) {
        events.add(now / 1_000_000 + (pause ? " stops reading" : " reads again"));
    }

    @Override
    public void after(Duration delay, Runnable task) {
        if (delay.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new AssertionError("expected a sleep of at most a second, got " + delay);
        }
        tasks.add(new Task(now + delay.toNanos(), number++, task));
    }

    @Override
    public long nanos() {
        return now;
    }

    /** Lets time go by. */
    void pass(Duration time) {
        long until = now + time.toNanos();
        for (Task next = tasks.peek(); next != null && next.due <= until; next = tasks.peek()) {
            tasks.remove();
            now = next.due;
            next.task.run();
        }
        now = until;
    }

    int pendingTasks() {
        return tasks.size();
    }

    /** All bytes since the last call. */
    byte[] takeSent() {
        byte[] bytes = sent.toByteArray();
        sent.reset();
        return bytes;
    }

    /** What happened, each with its millisecond. */
    List<String> events() {
        return events;
    }

    /** Whether the end has come. */
    boolean hasEnded() {
        return events.stream().anyMatch(event -> event.matches("\\d+ (closes|cuts|resets)"));
    }
}
