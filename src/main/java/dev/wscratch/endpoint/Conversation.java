package dev.wscratch.endpoint;

import dev.wscratch.message.Format;
import dev.wscratch.message.Message;
import dev.wscratch.message.Problem;
import dev.wscratch.message.Reading;
import dev.wscratch.message.Reading.Misunderstood;
import dev.wscratch.message.Reading.Understood;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * What one session of {@link Talk} says to what it hears.
 *
 * <p>Used by one connection's callbacks, which Jakarta runs one at a time.
 */
final class Conversation {
    private final Format format;
    private final SendQueue sends;
    private final LiveTime live;
    private final InstantSource clock;
    private final FileReceiver file = new FileReceiver(FileReceiver.LIMIT);

    Conversation(Session session, Deployment deployment) {
        // Null from some servers where none was agreed on.
        this.format = Format.of(Objects.requireNonNullElse(session.getNegotiatedSubprotocol(), ""));
        this.sends = new SendQueue(session, format, deployment.sends());
        this.clock = deployment.clock();
        this.live = new LiveTime(sends, deployment.timer(), clock);
    }

    /** Answers what came in a frame of this format. */
    void hear(Format frame, Reading reading) throws IOException {
        for (Message answer : answers(frame, reading)) {
            sends.answer(answer);
        }
    }

    /** Nothing more will be sent. */
    void end() {
        live.stop();
    }

    private List<? extends Message> answers(Format frame, Reading reading) {
        if (frame != format) {
            return List.of(format.wrongFrame());
        }
        if (reading instanceof Misunderstood misunderstood) {
            return List.of(misunderstood.problem());
        }
        return reading instanceof Understood understood && understood.message() instanceof Message.Request request
                ? answers(request)
                : List.of(Problem.unknownOperation());
    }

    private List<? extends Message> answers(Message.Request request) {
        if (request instanceof Message.Ping ping) {
            return List.of(new Message.Pong(ping.stamp(), clock.millis()));
        }
        if (request instanceof Message.FilePart part) {
            return file.accept(part);
        }
        if (request instanceof Message.Live wanted) {
            live.change(wanted);
        }
        // An echo says itself again, and what is asked of live is what is in effect.
        return List.of(request);
    }
}
