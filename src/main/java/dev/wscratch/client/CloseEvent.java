package dev.wscratch.client;

/**
 * The connection has ended; always the last event, exactly once.
 *
 * @param code the code of the server's Close frame; 1005 if that frame had none; 1006 if there was no such frame
 * @param reason the server's words, or empty; peer text, to be escaped before a terminal or a page shows it
 * @param wasClean whether both sides sent a Close frame
 */
public record CloseEvent(int code, String reason, boolean wasClean) implements Event {
    @Override
    public String type() {
        return "close";
    }
}
