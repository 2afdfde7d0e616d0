package dev.wscratch.client;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * The threads that all {@link WebSocket}s of a JVM share, daemons all, and no more of them for more connections: one that
 * reads, one that watches deadlines, four that look up hosts, and eight, or one for each processor, that run handlers, with
 * stand-ins for those that wait for a future.
 */
final class SharedTransport {
    /** How many threads run handlers, as long as none of them waits. */
    static final int HANDLER_THREADS = Math.max(8, Runtime.getRuntime().availableProcessors());

    private static final AtomicInteger HANDLERS_MADE = new AtomicInteger();

    /** Who joins a future in a handler is replaced by another thread, so that handlers may wait for each other. */
    private static final ForkJoinPool POOL =
            new ForkJoinPool(HANDLER_THREADS, SharedTransport::handlerThread, null, true);

    /**
     * Tasks for {@link #POOL}, which runs one of these for each that it is given, the oldest: its threads prefer tasks of
     * their own queues, and so connections that are always busy would keep all others out.
     */
    private static final Queue<Runnable> TASKS = new ConcurrentLinkedQueue<>();

    private static final Executor LOOKUPS = lookupThreads();
    private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

    /** Made at the first connection, kept as long as the JVM; guarded by the class. */
    private static @Nullable TCPNIOTransport transport;

    private SharedTransport() {}

    /** Where host names are looked up, which may block. */
    static Executor lookups() {
        return LOOKUPS;
    }

    /** Where handlers run; each {@link EventQueue} uses one thread at a time. */
    static Executor handlers() {
        return SharedTransport::inTurn;
    }

    private static void inTurn(Runnable task) {
        TASKS.add(task);
        POOL.execute(SharedTransport::runOldest);
    }

    private static void runOldest() {
        Runnable oldest = TASKS.poll();
        if (oldest != null) {
            oldest.run();
        }
    }

    /** Runs the task once after the time, unless the result is cancelled. The task must not block. */
    static Future<?> after(long milliseconds, Runnable task) {
        return DEADLINES.schedule(task, milliseconds, TimeUnit.MILLISECONDS);
    }

    /** The one selector: nothing on it ever waits, so that one thread serves every connection. */
    static synchronized TCPNIOTransport transport() throws IOException {
        if (transport == null) {
            TCPNIOTransportBuilder builder = TCPNIOTransportBuilder.newInstance()
                    .setIOStrategy(SameThreadIOStrategy.getInstance())
                    .setSelectorThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                            .setPoolName("wscratch-client")
                            .setDaemon(true)
                            .setCorePoolSize(1)
                            .setMaxPoolSize(1))
                    .setTcpNoDelay(true);
            // Else many short connections in a row fail with a BindException.
            builder.setReuseAddress(false);
            TCPNIOTransport made = builder.build();
            made.setSelectorRunnersCount(1);
            made.start();
            transport = made;
        }
        return transport;
    }

    private static ScheduledThreadPoolExecutor deadlines() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, daemons("wscratch-deadlines-"));
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    private static Executor lookupThreads() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                4, 4, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("wscratch-lookup-"));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static ForkJoinWorkerThread handlerThread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        // By a count of our own: the pool numbers a thread only when it starts.
        thread.setName("wscratch-events-" + HANDLERS_MADE.incrementAndGet());
        return thread;
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
