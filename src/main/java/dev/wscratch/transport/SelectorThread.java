package dev.wscratch.transport;

import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.memory.ThreadLocalPoolProvider;
import org.glassfish.grizzly.threadpool.DefaultWorkerThread;

/**
 * A thread that serves many connections and therefore never waits for one of them: a send on it is queued, not awaited.
 */
final class SelectorThread extends DefaultWorkerThread {
    SelectorThread(String name, MemoryManager<?> memory, Runnable task) {
        super(
                Grizzly.DEFAULT_ATTRIBUTE_BUILDER,
                name,
                memory instanceof ThreadLocalPoolProvider provider ? provider.createThreadLocalPool() : null,
                task);
    }

    /** {@return whether the current thread is one that must not wait} */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof SelectorThread;
    }
}
