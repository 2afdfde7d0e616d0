package dev.wscratch.inspect;

import dev.wscratch.wire.FrameLimits;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The labs of one server: who watches, and which connections are theirs. Nothing is kept of a connection whose lab nobody
 * watches when it is made.
 *
 * <p>Safe for use by many threads.
 */
public final class Labs implements AutoCloseable {
    /** The subprotocol of {@code /inspect}. */
    public static final String SUBPROTOCOL = "wscratch.inspect.v1";

    /** The path of the inspector. */
    public static final String PATH = "/inspect";

    static final int MOST_WATCHERS = 64;

    /** Changed under its own monitor, but for those that leave. */
    private final Map<String, Watcher> watchers = new ConcurrentHashMap<>();

    /** How many have watched; guarded by the monitor of {@link #watchers}. */
    private long admitted;

    /** Sends to the watchers; no thread while there is nothing to send. */
    private final ThreadPoolExecutor executor = newExecutor();

    private volatile About about;

    /** Null where there is none. */
    private volatile @Nullable Partner partner;

    /**
     * Makes an inspector that nobody uses yet.
     *
     * @param about what pages are told of this server
     */
    public Labs(About about) {
        this.about = about;
    }

    private static ThreadPoolExecutor newExecutor() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "wscratch-inspector");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Says what was not known before the server listened.
     *
     * @param server as it is
     * @param client its partner, closed with this; null for none
     */
    public void listening(About server, @Nullable Partner client) {
        about = server;
        partner = client;
    }

    @Nullable Partner partner() {
        return partner;
    }

    FrameLimits frameLimits() {
        About server = about;
        return new FrameLimits(server.maxMessage(), server.maxFragments());
    }

    /** What became of a wish to watch. */
    public sealed interface Admission {}

    /**
     * Granted, and answered.
     *
     * @param watcher to be told the page's orders, and its end
     */
    public record Admitted(Watcher watcher) implements Admission {}

    /**
     * Not granted.
     *
     * @param problem the answer
     */
    public record Refused(Report.Problem problem) implements Admission {}

    /**
     * Lets a page watch its lab. Who watched it before has to go: as a rule that is the same page, whose network went and
     * came back before the old connection was found dead. When there are too many watchers, the oldest goes of those that
     * have nothing to watch.
     *
     * @param lab 32 lower-case hex digits
     * @param outlet the way to the page
     * @return the watcher, or why not
     */
    public Admission watch(String lab, Outlet outlet) {
        Watcher watcher;
        Watcher previous;
        Watcher idle = null;
        synchronized (watchers) {
            previous = watchers.get(lab);
            if (previous == null && watchers.size() >= MOST_WATCHERS) {
                idle = oldestIdle();
                if (idle == null) {
                    return new Refused(new Report.Problem(
                            null, "labs-full", "at most " + MOST_WATCHERS + " watchers; try again later", "one more"));
                }
                left(idle);
            }
            watcher = new Watcher(this, ++admitted, lab, outlet, executor);
            watchers.put(lab, watcher);
        }
        watcher.answerWatching(about);
        if (previous != null) {
            previous.giveWay(1000, "another connection watches this lab now");
        }
        if (idle != null) {
            idle.giveWay(1013, "too many watch, and there was nothing to see here");
        }
        return new Admitted(watcher);
    }

    private @Nullable Watcher oldestIdle() {
        return watchers.values().stream()
                .filter(Watcher::isIdle)
                .min(Comparator.comparingLong(Watcher::number))
                .orElse(null);
    }

    /** {@return whether frames can be seen here, below the endpoints} */
    public boolean showsFrames() {
        return about.frames();
    }

    void left(Watcher watcher) {
        watchers.remove(watcher.lab(), watcher);
    }

    /**
     * Begins to observe a connection, if somebody watches it.
     *
     * @param mark of its handshake
     * @param secure whether it is over TLS
     * @return null when nobody does
     */
    public @Nullable Observation observe(Mark mark, boolean secure) {
        Watcher watcher = watchers.get(mark.lab());
        return watcher == null ? null : watcher.observe(mark.connection(), secure, false);
    }

    /**
     * A session has opened, and its page may give orders for it, if it watches.
     *
     * @param mark of its handshake
     * @param peer to be ordered about
     */
    public void joins(Mark mark, Peer peer) {
        Watcher watcher = watchers.get(mark.lab());
        if (watcher != null) {
            watcher.joins(mark.connection(), peer);
        }
    }

    /**
     * The session is over.
     *
     * @param mark of its handshake
     * @param peer as it joined
     */
    public void leaves(Mark mark, Peer peer) {
        Watcher watcher = watchers.get(mark.lab());
        if (watcher != null) {
            watcher.leaves(mark.connection(), peer);
        }
    }

    /** {@return how many watch} */
    int size() {
        return watchers.size();
    }

    /** Ends its threads; whoever watches hears nothing more. */
    @Override
    public void close() {
        executor.shutdownNow();
        Partner client = partner;
        if (client != null) {
            client.close();
        }
    }
}
