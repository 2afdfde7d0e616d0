package dev.wscratch.endpoint;

import dev.wscratch.inspect.Labs;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoints of one running server share: its limits, its connection numbers and its clock.
 *
 * <p>Jakarta builds endpoints and their configurators itself, without arguments, so a deployment reaches them by one of
 * two ways, both handled by {@link EndpointConfigurator}:
 *
 * <ul>
 *   <li>Standalone, {@link #whileStarting} marks the deployment that is being started on the current thread; each
 *       configurator that Tyrus creates meanwhile keeps it. Several servers in one JVM do not see each other.
 *   <li>In a web application there may be no such moment (Tomcat builds configurators before any listener runs), so the
 *       context listener calls {@link #setWebApplication}, and the configurator asks at each connect. Every web
 *       application has its own class loader and so its own holder.
 * </ul>
 *
 * <p>Safe for use by many threads.
 */
public final class Deployment implements AutoCloseable {
    private static final ThreadLocal<@Nullable Deployment> STARTING = new ThreadLocal<>();

    /** Written by the web application's listener, read by connecting threads. */
    private static volatile @Nullable Deployment webApplication;

    private final int maxMessage;
    private final Sends sends;
    private final @Nullable Labs labs;
    private static final int MOST_PINGERS = 64;

    private final Clients clients;
    private final AtomicLong connections = new AtomicLong();
    private final ScheduledThreadPoolExecutor timer = newTimer();
    private final ThreadPoolExecutor pingers = newPingers();

    /** Who puts the messages of one session in order, when several threads send. */
    public enum Sends {
        /** The endpoints: on some app servers a send fails, or its message is lost, while another is under way. */
        BY_ENDPOINT,

        /** The server below, which queues each message whole. */
        BY_SERVER
    }

    /** Knows where sessions come from, which Jakarta does not say. */
    @FunctionalInterface
    public interface Clients {
        /** Knows nothing. */
        Clients UNKNOWN = session -> null;

        /**
         * Who is counted as one client.
         *
         * @param session that is open
         * @return null where that is unknown, or not to be counted
         */
        @Nullable InetAddress network(Session session);
    }

    /**
     * Makes the values that the endpoints of one app server's web application share.
     *
     * @param maxMessage largest message that an endpoint takes, in bytes of payload; at least 1
     */
    public Deployment(int maxMessage) {
        this(maxMessage, Sends.BY_ENDPOINT, null, Clients.UNKNOWN);
    }

    /**
     * Makes the values that the endpoints of one server share.
     *
     * @param maxMessage largest message that an endpoint takes, in bytes of payload; at least 1
     * @param sends who puts them in order
     * @param labs the inspector, closed with the deployment; null for none
     * @param clients knows where sessions come from
     */
    public Deployment(int maxMessage, Sends sends, @Nullable Labs labs, Clients clients) {
        if (maxMessage < 1) {
            throw new IllegalArgumentException("maxMessage: expected at least 1 byte, got " + maxMessage);
        }
        this.maxMessage = maxMessage;
        this.sends = sends;
        this.labs = labs;
        this.clients = clients;
    }

    private static ScheduledThreadPoolExecutor newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "wscratch-timer");
                    thread.setDaemon(true);
                    return thread;
                },
                // What comes after the end is of no use to anybody.
                new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        // No thread without a task: most servers never need one.
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** As many as watch at most: nobody's Ping waits for another page. */
    private static ThreadPoolExecutor newPingers() {
        return new ThreadPoolExecutor(0, MOST_PINGERS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "wscratch-pinger");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Ends what runs on a timer, and the inspector. */
    @Override
    public void close() {
        timer.shutdownNow();
        pingers.shutdownNow();
        if (labs != null) {
            labs.close();
        }
    }

    /** {@return the largest message that an endpoint takes, in bytes of payload} */
    public int maxMessage() {
        return maxMessage;
    }

    /** {@return who puts the messages of one session in order} */
    Sends sends() {
        return sends;
    }

    /** {@return who knows where sessions come from} */
    Clients clients() {
        return clients;
    }

    /** {@return the inspector, or null when there is none} */
    @Nullable Labs labs() {
        return labs;
    }

    /** {@return where tasks wait for their time; one thread, which must not be blocked} */
    ScheduledExecutorService timer() {
        return timer;
    }

    /** {@return who sends Pings, where the server below sends none; may be blocked} */
    Executor pingers() {
        return pingers;
    }

    /** {@return how many tasks wait for their time} */
    int pendingTasks() {
        return timer.getQueue().size();
    }

    /** {@return the time of day} */
    InstantSource clock() {
        return InstantSource.system();
    }

    /** {@return a number for a new connection, unique within this deployment, counted from 1} */
    long nextConnection() {
        return connections.incrementAndGet();
    }

    /**
     * Runs {@code start} with this deployment as the one that is being started on this thread.
     *
     * @param start registers endpoints
     * @param <T> what {@code start} makes
     * @return what {@code start} made
     * @throws IOException what {@code start} threw
     * @throws DeploymentException what {@code start} threw
     */
    public <T> T whileStarting(Start<T> start) throws IOException, DeploymentException {
        Deployment outer = STARTING.get();
        STARTING.set(this);
        try {
            return start.run();
        } finally {
            if (outer == null) {
                STARTING.remove();
            } else {
                STARTING.set(outer);
            }
        }
    }

    /**
     * Sets the deployment of the web application that this class belongs to.
     *
     * @param deployment used by every connection from now on
     */
    public static void setWebApplication(Deployment deployment) {
        webApplication = deployment;
    }

    /** Ends and forgets the deployment of the web application; a connection that is made from now on is refused. */
    public static void clearWebApplication() {
        Deployment ending = webApplication;
        webApplication = null;
        if (ending != null) {
            ending.close();
        }
    }

    /** {@return where a configurator that is created now finds its deployment, at the latest at connect time} */
    static Supplier<Deployment> source() {
        Deployment starting = STARTING.get();
        if (starting != null) {
            return () -> starting;
        }
        return () -> {
            Deployment current = webApplication;
            if (current == null) {
                throw new IllegalStateException("no deployment: expected one set by the server that starts or by the"
                        + " web application's listener, found neither; is the listener of the WAR disabled?");
            }
            return current;
        };
    }

    /**
     * What is done while a deployment starts.
     *
     * @param <T> what it makes
     */
    @FunctionalInterface
    public interface Start<T> {
        /**
         * Starts the endpoints.
         *
         * @return what was made
         * @throws IOException when they cannot listen
         * @throws DeploymentException when they are not proper endpoints
         */
        T run() throws IOException, DeploymentException;
    }
}
