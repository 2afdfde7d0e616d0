package dev.wscratch.inspect;

import dev.wscratch.wire.Extension;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameRule;
import dev.wscratch.wire.Role;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One watched connection: makes {@link Event}s of its bytes, for as long as its watcher stays. */
final class ObservedConnection implements Observation {
    /** The most of a request head that is shown. */
    private static final int MOST_HEAD = 16 << 10;

    /** To how much a message of a server is inflated at least; its client has limits of its own, which nobody knows here. */
    private static final long MOST_INFLATED = 4L << 20;

    private final int connection;
    private final boolean secure;
    private final boolean partner;
    private final Watcher watcher;
    private final FrameLimits limits;
    private final LongSupplier micros;
    private final Semaphore inflaters;

    // All that follows is guarded by this object's monitor.

    private final AnswerReader answer = new AnswerReader();
    private final Credentials answerCredentials = Credentials.ofAnswer();
    private boolean requested;
    private boolean answered;
    private @Nullable FrameSplitter fromClient;
    private @Nullable FrameSplitter fromServer;
    private long clientBytes;
    private long serverBytes;
    private long frames;
    private boolean over;

    ObservedConnection(
            int connection, boolean secure, boolean partner, Watcher watcher, Labs labs, LongSupplier micros) {
        this.connection = connection;
        this.secure = secure;
        this.partner = partner;
        this.watcher = watcher;
        this.limits = labs.frameLimits();
        this.inflaters = labs.inflaters();
        this.micros = micros;
    }

    @Override
    public synchronized void received(ByteBuffer bytes) {
        if (isUnwatched()) {
            return;
        }
        clientBytes += bytes.remaining();
        if (!requested) {
            requested = true;
            Excerpt.Collector head = new Excerpt.Collector(MOST_HEAD);
            // A partner's is what its page has asked for.
            head.take(partner ? bytes : Credentials.ofRequest().hidden(bytes));
            watcher.tell(new Event.Handshake(connection, micros.getAsLong(), head.excerpt(), partner, secure));
        } else if (answer.state() == AnswerReader.State.OVER || answer.state() == AnswerReader.State.BODY) {
            tellBytes(Role.CLIENT, bytes);
        } else {
            FrameSplitter splitter = fromClient;
            if (splitter == null) {
                splitter = splitter(Role.CLIENT);
                fromClient = splitter;
            }
            splitter.take(bytes);
        }
    }

    @Override
    public void upgraded(Predicate<List<ByteBuffer>> sender) {
        watcher.reachable(this, connection, sender);
    }

    @Override
    public void opened() {
        watcher.opened(connection);
    }

    @Override
    public synchronized void sent(ByteBuffer bytes) {
        if (isUnwatched()) {
            return;
        }
        serverBytes += bytes.remaining();
        answer.take(bytes);
        boolean told = answer.state() == AnswerReader.State.UPGRADED || answer.state() == AnswerReader.State.OVER;
        if (told) {
            tellAnswer();
        }
        if (!bytes.hasRemaining()) {
            return;
        }
        if (answer.state() == AnswerReader.State.OVER) {
            tellBytes(Role.SERVER, bytes);
            return;
        }
        FrameSplitter splitter = fromServer;
        if (splitter == null) {
            splitter = splitter(Role.SERVER);
            fromServer = splitter;
        }
        splitter.take(bytes);
    }

    /** Tells it once: when it is whole, or when there will be no more of it. */
    private void tellAnswer() {
        if (answered || answer.isEmpty()) {
            return;
        }
        answered = true;
        Excerpt all = answer.excerpt();
        long at = micros.getAsLong();
        watcher.tell(
                answer.isHttp()
                        ? new Event.Answer(connection, at, all.with(answerCredentials::hidden))
                        : new Event.Bytes(connection, Role.SERVER, at, all));
    }

    private void tellBytes(Role from, ByteBuffer bytes) {
        Excerpt.Collector some = new Excerpt.Collector(Watcher.MOST_PAYLOAD);
        // The rest of a head that is too long is one still.
        some.take(from == Role.SERVER && answer.isHttp() ? answerCredentials.hidden(bytes) : bytes);
        watcher.tell(new Event.Bytes(connection, from, micros.getAsLong(), some.excerpt()));
    }

    private FrameSplitter splitter(Role from) {
        Extension deflate = answer.deflate();
        Boolean takeover = deflate == null
                ? null
                : deflate.parameter(from == Role.CLIENT ? "client_no_context_takeover" : "server_no_context_takeover")
                        .isEmpty();
        FrameJudge judge = from == Role.CLIENT
                ? new FrameJudge(Role.SERVER, takeover, limits, limits.maxMessage(), Watcher.MOST_PAYLOAD, inflaters)
                : new FrameJudge(
                        Role.CLIENT,
                        takeover,
                        new FrameLimits(Long.MAX_VALUE, Integer.MAX_VALUE),
                        Math.max(MOST_INFLATED, limits.maxMessage()),
                        Watcher.MOST_PAYLOAD,
                        inflaters);
        return new FrameSplitter(
                judge,
                Watcher.MOST_PAYLOAD,
                (bytes, cut, broken, inflated) -> tellFrame(from, bytes, cut, broken, inflated));
    }

    private void tellFrame(
            Role from, Excerpt bytes, boolean cut, @Nullable FrameRule broken, @Nullable Excerpt inflated) {
        frames++;
        watcher.tell(new Event.Frame(connection, frames, from, micros.getAsLong(), bytes, cut, broken, inflated));
    }

    @Override
    public void ended(String cause) {
        try {
            tellEnd(cause);
        } finally {
            stop();
            // Not under this object's monitor: it may end what else its watcher has.
            watcher.gone(this, connection);
        }
    }

    private synchronized void tellEnd(String cause) {
        if (isUnwatched()) {
            return;
        }
        tellAnswer();
        if (fromClient != null) {
            fromClient.end();
        }
        if (fromServer != null) {
            fromServer.end();
        }
        Event.Count client = new Event.Count(fromClient == null ? 0 : fromClient.count(), clientBytes);
        Event.Count server = new Event.Count(fromServer == null ? 0 : fromServer.count(), serverBytes);
        watcher.tell(new Event.Ended(connection, micros.getAsLong(), cause, client, server));
    }

    private boolean isUnwatched() {
        if (!over && watcher.hasLeft()) {
            stop();
        }
        return over;
    }

    /** Frees what the judges hold; from now on the connection is not looked at. */
    synchronized void stop() {
        over = true;
        if (fromClient != null) {
            fromClient.close();
        }
        if (fromServer != null) {
            fromServer.close();
        }
    }
}
