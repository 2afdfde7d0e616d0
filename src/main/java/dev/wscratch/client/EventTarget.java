package dev.wscratch.client;

/** The listeners of one {@link WebSocket}, by the type of the event. Safe for any thread. */
final class EventTarget {
    final EventListeners<OpenEvent> open = new EventListeners<>();
    final EventListeners<MessageEvent> message = new EventListeners<>();
    final EventListeners<ErrorEvent> error = new EventListeners<>();
    final EventListeners<CloseEvent> close = new EventListeners<>();

    /** {@return the listeners of a type} */
    @SuppressWarnings("unchecked") // each branch compares the very class that E is
    <E extends Event> EventListeners<E> of(Class<E> type) {
        EventListeners<?> found;
        if (type == OpenEvent.class) {
            found = open;
        } else if (type == MessageEvent.class) {
            found = message;
        } else if (type == ErrorEvent.class) {
            found = error;
        } else if (type == CloseEvent.class) {
            found = close;
        } else {
            throw new IllegalArgumentException(
                    "event type: expected OpenEvent, MessageEvent, ErrorEvent or CloseEvent, got "
                            + type.getSimpleName());
        }
        return (EventListeners<E>) found;
    }

    /** Whether somebody has said what to do with such an event, be it nothing. */
    boolean awaits(Event event) {
        return of(event.getClass()).isSet();
    }
}
