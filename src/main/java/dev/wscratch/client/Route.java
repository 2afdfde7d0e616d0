package dev.wscratch.client;

import dev.wscratch.client.Redirect.Decision;
import dev.wscratch.client.Redirect.Fail;
import dev.wscratch.client.Redirect.Follow;
import dev.wscratch.wire.CloseReason;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.Opcode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The way to the server: one {@link Link}, and another one for each redirect that is followed. */
final class Route implements Link.Listener {
    private final ClientSettings settings;
    private final Link.Listener listener;

    /** Where the link leads; written by the thread that ends the link before. */
    private volatile Address address;

    private volatile Link link;

    /** The user's, as long as they may be sent; used by the thread that ends a link. */
    private List<HeaderField> headers;

    /** Redirects so far; used by the thread that ends a link. */
    private int followed;

    /** When all links together must have come to an open connection; {@link System#nanoTime}. */
    private long deadline;

    /** Whether {@link #abort} was called; guarded by this. */
    private boolean aborted;

    Route(Address address, ClientSettings settings, Link.Listener listener) {
        this.address = address;
        this.settings = settings;
        this.listener = listener;
        this.headers = settings.headers();
        this.link = new Link(address, headers, settings, this);
    }

    void start() {
        deadline = System.nanoTime() + settings.handshakeDeadline().toNanos();
        link.start(settings.handshakeDeadline().toMillis());
    }

    void send(String text, long size) {
        link.send(text, size);
    }

    void send(ByteBuffer data) {
        link.send(data);
    }

    void send(Opcode opcode, ByteBuffer data, int frames) {
        link.send(opcode, data, frames);
    }

    void control(Opcode opcode, ByteBuffer payload, Runnable sent) {
        link.control(opcode, payload, sent);
    }

    void close(CloseReason reason) {
        link.close(reason);
    }

    /** Gives up before the connection is open. */
    void abort() {
        synchronized (this) {
            aborted = true;
        }
        link.abort();
    }

    void fail(ErrorEvent error) {
        link.fail(error);
    }

    void resume() {
        link.resume();
    }

    @Override
    public void ended(@Nullable ErrorEvent error, CloseEvent close) {
        if (error == null || error.status() == 0) {
            listener.ended(error, close);
            return;
        }
        Decision decision =
                Redirect.decide(address, headers, error, followed, settings.redirects(), settings.tls() != null);
        if (decision instanceof Follow follow) {
            try {
                if (follow(follow, new Link(follow.address(), follow.headers(), settings, this))) {
                    return;
                }
            } catch (IllegalArgumentException e) {
                decision = Redirect.unfit(error, e);
            }
        }
        listener.ended(decision instanceof Fail fail ? fail.error() : error, close);
    }

    /** Whether the next link is under way. */
    private boolean follow(Follow to, Link next) {
        synchronized (this) {
            if (aborted) {
                return false;
            }
            address = to.address();
            link = next;
        }
        headers = to.headers();
        followed++;
        next.start(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        return true;
    }

    @Override
    public void opened(String protocol, List<Extension> extensions) {
        listener.opened(protocol, extensions);
    }

    @Override
    public void message(Object data, long size) {
        listener.message(data, size);
    }

    @Override
    public void sent(long size) {
        listener.sent(size);
    }

    @Override
    public void closing() {
        listener.closing();
    }

    @Override
    public boolean isFull() {
        return listener.isFull();
    }
}
