package dev.wscratch.endpoint;

import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoints of one running server share: its limits and its connection numbers.
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
public final class Deployment {
    private static final ThreadLocal<@Nullable Deployment> STARTING = new ThreadLocal<>();

    /** Written by the web application's listener, read by connecting threads. */
    private static volatile @Nullable Deployment webApplication;

    private final int maxMessage;
    private final AtomicLong connections = new AtomicLong();

    /**
     * Makes the values that the endpoints of one server share.
     *
     * @param maxMessage largest message that an endpoint takes, in bytes of payload; at least 1
     */
    public Deployment(int maxMessage) {
        if (maxMessage < 1) {
            throw new IllegalArgumentException("maxMessage: expected at least 1 byte, got " + maxMessage);
        }
        this.maxMessage = maxMessage;
    }

    /** {@return the largest message that an endpoint takes, in bytes of payload} */
    public int maxMessage() {
        return maxMessage;
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

    /** Forgets the deployment of the web application; a connection that is made from now on is refused. */
    public static void clearWebApplication() {
        webApplication = null;
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
