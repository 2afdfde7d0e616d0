package dev.wscratch.inspect;

import jakarta.websocket.Decoder;

/** Reads text as a {@link Command}; never throws. Named in an endpoint's annotation; safe for use by many threads. */
public final class CommandDecoder implements Decoder.Text<Command> {
    /** Called by the container. */
    public CommandDecoder() {}

    @Override
    public Command decode(String text) {
        return CommandReader.read(text);
    }

    /** {@return true: what is no command is answered, not refused} */
    @Override
    public boolean willDecode(String text) {
        return true;
    }
}
