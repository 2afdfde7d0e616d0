package dev.wscratch.transport;

import java.nio.ByteBuffer;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.memory.ThreadLocalPoolProvider;
import org.glassfish.grizzly.threadpool.DefaultWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * A thread that serves many connections and therefore never waits for one of them: a send on it is queued, not awaited.
 */
final class SelectorThread extends DefaultWorkerThread {
    private static final int OUTPUT = 128 << 10;

    /** What plain connections are read into, one after another: 64 KiB outside the heap, once some has been. */
    private @Nullable ByteBuffer input;

    /** What plain connections are written from: 128 KiB outside the heap, once some has been. */
    private @Nullable ByteBuffer output;

    SelectorThread(String name, MemoryManager<?> memory, Runnable task) {
        super(
                Grizzly.DEFAULT_ATTRIBUTE_BUILDER,
                name,
                memory instanceof ThreadLocalPoolProvider provider ? provider.createThreadLocalPool() : null,
                task);
    }

    /** {@return an empty buffer, the same each time; for this thread only} */
    ByteBuffer input() {
        ByteBuffer buffer = input;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(Listeners.READ_BUFFER);
            input = buffer;
        }
        return buffer.clear();
    }

    /** {@return a buffer for the bytes of one write, if the current thread is such a thread, else null} */
    static @Nullable ByteBuffer currentOutput() {
        if (!(Thread.currentThread() instanceof SelectorThread thread)) {
            return null;
        }
        ByteBuffer buffer = thread.output;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(OUTPUT);
            thread.output = buffer;
        }
        return buffer;
    }

    /** {@return whether the current thread is one that must not wait} */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof SelectorThread;
    }
}
