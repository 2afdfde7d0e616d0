package dev.wscratch.inspect;

import dev.wscratch.wire.FrameLimits;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

    /** Of those, however many labs it makes up. */
    static final int MOST_OF_A_CLIENT = 8;

    /** Plays at a time. */
    static final int MOST_PARTNERS_OF_A_CLIENT = 2;

    /** Directions of connections that are inflated at a time, of all watchers; each takes 44 KiB of native memory. */
    static final int MOST_INFLATED = 128;

    private final Semaphore inflaters = new Semaphore(MOST_INFLATED);

    /** Changed under its own monitor, but for those that leave. */
    private final Map<String, Watcher> watchers = new ConcurrentHashMap<>();

    /** How many have watched; guarded by the monitor of {@link #watchers}. */
    private long admitted;

    /** Partners at work by client; one without any has no entry. */
    private final Map<InetAddress, Integer> playing = new ConcurrentHashMap<>();

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

    /** {@return the places for inflaters} */
    Semaphore inflaters() {
        return inflaters;
    }

    FrameLimits frameLimits() {
        About server = about;
        return new FrameLimits(server.maxMessage(), server.maxFragments());
    }

    /**
     * Lets a page watch its lab. Who watched it before has to go: as a rule that is the same page, whose network went and
     * came back before the old connection was found dead. When a client has too many watchers, its oldest has to go; when
     * all together are too many, the oldest of the client that has the most.
     *
     * @param lab 32 lower-case hex digits
     * @param client the network that the page comes from; null where that is unknown, or not to be counted
     * @param outlet the way to the page
     * @return the watcher, to be told the page's orders, and its end
     */
    public Watcher watch(String lab, @Nullable InetAddress client, Outlet outlet) {
        Watcher watcher;
        Watcher previous;
        Watcher tooMany;
        synchronized (watchers) {
            previous = watchers.get(lab);
            tooMany = tooMany(client, previous);
            if (tooMany != null) {
                left(tooMany);
            }
            watcher = new Watcher(this, ++admitted, lab, client, outlet, executor);
            watchers.put(lab, watcher);
        }
        watcher.answerWatching(about);
        if (previous != null) {
            previous.giveWay(1000, "another connection watches this lab now");
        }
        if (tooMany != null) {
            tooMany.giveWay(1013, "too many watch, and this was the oldest");
        }
        return watcher;
    }

    /** {@return who has to go for one more of this client, besides the one that it replaces} */
    private @Nullable Watcher tooMany(@Nullable InetAddress client, @Nullable Watcher replaced) {
        // Sorted, so that the first of each list is its oldest.
        List<Watcher> others = watchers.values().stream()
                .filter(watcher -> watcher != replaced)
                .sorted(Comparator.comparingLong(Watcher::number))
                .toList();
        List<Watcher> own = others.stream()
                .filter(watcher -> client != null && client.equals(watcher.client()))
                .toList();
        if (own.size() >= MOST_OF_A_CLIENT) {
            return own.get(0);
        }
        if (others.size() < MOST_WATCHERS) {
            return null;
        }
        // Not the idle ones first: whoever wanted all places would see to it that its own are not.
        return others.stream()
                .collect(Collectors.groupingBy(watcher -> Optional.ofNullable(watcher.client())))
                .values()
                .stream()
                .max(Comparator.<List<Watcher>>comparingInt(List::size)
                        .thenComparing(of -> of.get(0).number(), Comparator.reverseOrder()))
                .map(most -> most.get(0))
                .orElse(null);
    }

    /** {@return whether a partner may play for this client; if so, {@link #played} must follow} */
    boolean mayPlay(@Nullable InetAddress client) {
        if (client == null) {
            return true;
        }
        boolean fits = playing.merge(client, 1, Integer::sum) <= MOST_PARTNERS_OF_A_CLIENT;
        if (!fits) {
            played(client);
        }
        return fits;
    }

    void played(@Nullable InetAddress client) {
        if (client != null) {
            playing.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
        }
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
