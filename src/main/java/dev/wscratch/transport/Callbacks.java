package dev.wscratch.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Where an endpoint's callbacks run; those of one connection never overlap and keep their order. */
sealed interface Callbacks {
    /** {@return whether a callback may simply be called by the reading thread} */
    boolean isInline();

    /** {@return whether so much waits that nothing more should be read} */
    boolean isBusy();

    /**
     * Runs a task that the reading thread brings.
     *
     * @param bytes that it holds until it has run
     * @param task calls the endpoint
     */
    void run(int bytes, Runnable task);

    /** Runs a task that any thread brings, after what runs now. */
    void runLater(Runnable task);

    /** On the selector thread: for endpoints that do not block. */
    record OnSelector(Tcp tcp) implements Callbacks {
        @Override
        public boolean isInline() {
            return true;
        }

        @Override
        public boolean isBusy() {
            return false;
        }

        @Override
        public void run(int bytes, Runnable task) {
            task.run();
        }

        @Override
        public void runLater(Runnable task) {
            tcp.onSelectorThread(task);
        }
    }

    /** On a pool, one at a time per connection: an endpoint that blocks holds up its own connection only. */
    final class OnWorkers implements Callbacks {
        private final SerialExecutor serial;
        private final int highWaterMark;
        private final Runnable busyChanged;

        /** Bytes of frames that wait for a worker. */
        private final AtomicLong waiting = new AtomicLong();

        OnWorkers(Executor pool, int highWaterMark, Runnable busyChanged) {
            this.serial = new SerialExecutor(pool);
            this.highWaterMark = highWaterMark;
            this.busyChanged = busyChanged;
        }

        @Override
        public boolean isInline() {
            return false;
        }

        @Override
        public boolean isBusy() {
            return waiting.get() > highWaterMark;
        }

        @Override
        public void run(int bytes, Runnable task) {
            add(bytes);
            serial.execute(() -> {
                try {
                    task.run();
                } finally {
                    add(-bytes);
                }
            });
        }

        private void add(int bytes) {
            long now = waiting.addAndGet(bytes);
            if (now > highWaterMark != now - bytes > highWaterMark) {
                busyChanged.run();
            }
        }

        @Override
        public void runLater(Runnable task) {
            serial.execute(task);
        }
    }
}
