package dev.wscratch.client;

/** The handshake is done: messages may be sent. */
public record OpenEvent() implements Event {
    @Override
    public String type() {
        return "open";
    }
}
