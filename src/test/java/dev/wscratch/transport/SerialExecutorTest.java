package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.LogLines;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();

    @Test
    void oneTaskAtATimeIsGivenToThePool() {
        SerialExecutor serial = new SerialExecutor(pool::add);
        serial.execute(() -> ran.add("a"));
        serial.execute(() -> ran.add("b"));
        assertThat(pool).hasSize(1);
        pool.remove().run();
        assertThat(ran).containsExactly("a");
        assertThat(pool).as("the next one queues behind other connections").hasSize(1);
        pool.remove().run();
        assertThat(ran).containsExactly("a", "b");
        assertThat(pool).isEmpty();
    }

    @Test
    void aTaskThatATaskAddsRunsAfterIt() {
        SerialExecutor serial = new SerialExecutor(Runnable::run);
        serial.execute(() -> {
            serial.execute(() -> ran.add("inner"));
            ran.add("outer");
        });
        assertThat(ran).containsExactly("outer", "inner");
    }

    @Test
    void aTaskThatThrowsIsLoggedAndDoesNotStopTheNext() {
        SerialExecutor serial = new SerialExecutor(pool::add);
        try (LogLines log = new LogLines("dev.wscratch.transport")) {
            serial.execute(() -> {
                throw new IllegalStateException("first");
            });
            serial.execute(() -> {
                throw new AssertionError("second");
            });
            serial.execute(() -> ran.add("third"));
            while (!pool.isEmpty()) {
                pool.remove().run();
            }
            assertThat(log.all())
                    .containsExactly("ERROR a connection's task failed", "ERROR a connection's task failed");
        }
        assertThat(ran).containsExactly("third");
    }

    @Test
    void tasksOfManyThreadsNeverOverlapAndKeepEachThreadsOrder() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            SerialExecutor serial = new SerialExecutor(threads);
            AtomicInteger running = new AtomicInteger();
            AtomicInteger overlaps = new AtomicInteger();
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch added = new CountDownLatch(2);
            for (int sender = 0; sender < 2; sender++) {
                int base = sender * 10_000;
                threads.execute(() -> {
                    for (int i = 0; i < 1000; i++) {
                        int number = base + i;
                        serial.execute(() -> {
                            overlaps.addAndGet(running.getAndIncrement());
                            order.add(number);
                            running.decrementAndGet();
                        });
                    }
                    added.countDown();
                });
            }
            assertThat(added.await(10, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofSeconds(10)).until(() -> order.size() == 2000);
            assertThat(overlaps).hasValue(0);
            assertThat(order)
                    .filteredOn(n -> n < 10_000)
                    .isEqualTo(IntStream.range(0, 1000).boxed().toList());
            assertThat(order)
                    .filteredOn(n -> n >= 10_000)
                    .isEqualTo(IntStream.range(10_000, 11_000).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Found by review: with the pool shut down, what was queued behind a running task was never told, an OnClose neither. */
    @Test
    void whatIsQueuedWhenThePoolStopsStillRuns() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        SerialExecutor serial = new SerialExecutor(threads);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(2);
        serial.execute(() -> {
            begun.countDown();
            awaitLatch(goOn);
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        serial.execute(closed::countDown);
        serial.execute(closed::countDown);
        threads.shutdown();
        goOn.countDown();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatComesAfterThePoolStoppedRunsOnTheCaller() {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        threads.shutdown();
        SerialExecutor serial = new SerialExecutor(threads);
        serial.execute(() -> ran.add(Thread.currentThread().getName()));
        serial.execute(() -> ran.add(Thread.currentThread().getName()));
        String here = Thread.currentThread().getName();
        assertThat(ran).containsExactly(here, here);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
