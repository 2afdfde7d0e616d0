package dev.wscratch.client;

/** What a {@link WebSocket} tells its handlers: one of the four events of the WHATWG standard. */
public sealed interface Event permits OpenEvent, MessageEvent, ErrorEvent, CloseEvent {
    /** The event's name in the standard: {@code open}, {@code message}, {@code error} or {@code close}. */
    String type();
}
