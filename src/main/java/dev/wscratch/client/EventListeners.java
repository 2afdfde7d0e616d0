package dev.wscratch.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of one type of event, in the order of the DOM standard (section 2.7): as they were added, each once; what the
 * {@code on…} attribute says stands where it was first set (HTML section 8.1.8.1).
 */
final class EventListeners<E extends Event> {
    private static final Logger LOG = System.getLogger(WebSocket.class.getName());

    /** Where the attribute stands among the listeners, until it is null again; guarded by this. */
    private @Nullable Consumer<E> slot;

    /** Replaced by each change, so that one added while an event is delivered hears of the next one; guarded by this. */
    private List<Consumer<? super E>> listeners = List.of();

    private volatile @Nullable Consumer<? super E> attribute;

    /** Whether the user has spoken, were it to say null. */
    private volatile boolean isSet;

    synchronized void set(@Nullable Consumer<? super E> handler) {
        attribute = handler;
        Consumer<E> place = slot;
        if (handler == null && place != null) {
            removeListener(place);
            slot = null;
        } else if (handler != null && place == null) {
            place = this::handleByAttribute;
            addListener(place);
            slot = place;
        }
        isSet = true;
    }

    synchronized void add(Consumer<? super E> listener) {
        addListener(listener);
        isSet = true;
    }

    synchronized void remove(Consumer<? super E> listener) {
        removeListener(listener);
    }

    private synchronized void addListener(Consumer<? super E> listener) {
        if (!listeners.contains(listener)) {
            List<Consumer<? super E>> more = new ArrayList<>(listeners);
            more.add(listener);
            listeners = more;
        }
    }

    private synchronized void removeListener(Consumer<? super E> listener) {
        List<Consumer<? super E>> fewer = new ArrayList<>(listeners);
        fewer.remove(listener);
        listeners = fewer;
    }

    boolean isSet() {
        return isSet;
    }

    /** One that throws is logged, and the next one hears of the event all the same. */
    void dispatch(E event) {
        List<Consumer<? super E>> now;
        synchronized (this) {
            now = listeners;
        }
        for (Consumer<? super E> listener : now) {
            if (!isListening(listener)) {
                continue; // It was removed by one before it.
            }
            try {
                listener.accept(event);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "A listener of the event " + event.type() + " threw", e);
            }
        }
    }

    private synchronized boolean isListening(Consumer<? super E> listener) {
        return listeners.contains(listener);
    }

    private void handleByAttribute(E event) {
        Consumer<? super E> handler = attribute;
        if (handler != null) {
            handler.accept(event);
        }
    }
}
