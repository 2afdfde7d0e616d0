package dev.wscratch.inspect;

import dev.wscratch.wire.Role;
import java.io.StringWriter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Writes a report as one JSON object. */
final class ReportWriter {
    private static final TokenStreamFactory JSON = JsonFactory.builder().build();

    private ReportWriter() {}

    static String json(Report report) {
        StringWriter out = new StringWriter();
        try (JsonGenerator to = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            to.writeStartObject();
            write(report, to);
            to.writeEndObject();
        }
        return out.toString();
    }

    private static void write(Report report, JsonGenerator to) {
        if (report instanceof Report.Watching watching) {
            to.writeStringProperty("type", "watching");
            write(watching.server(), to);
        } else if (report instanceof Report.Done done) {
            to.writeStringProperty("type", "done");
            to.writeNumberProperty("id", done.id());
        } else if (report instanceof Report.Problem problem) {
            to.writeStringProperty("type", "problem");
            if (problem.id() != null) {
                to.writeNumberProperty("id", problem.id());
            }
            to.writeStringProperty("code", problem.code());
            to.writeStringProperty("expected", problem.expected());
            to.writeStringProperty("actual", problem.actual());
        } else if (report instanceof Report.Events events) {
            to.writeStringProperty("type", "events");
            to.writeArrayPropertyStart("list");
            for (Event event : events.list()) {
                to.writeStartObject();
                write(event, to);
                to.writeEndObject();
            }
            to.writeEndArray();
        }
    }

    private static void write(About server, JsonGenerator to) {
        to.writeBooleanProperty("frames", server.frames());
        to.writeStringProperty("version", server.version());
        to.writeNumberProperty("maxMessage", server.maxMessage());
        to.writeNumberProperty("payload", Watcher.MOST_PAYLOAD);
        to.writeBooleanProperty("faults", server.faults());
        writeKnown("tls", server.tlsPort(), to);
        writeKnown("controlRate", server.controlRate(), to);
    }

    /** Null where the server has none, or does not know. */
    private static void writeKnown(String name, int number, JsonGenerator to) {
        if (number < 0) {
            to.writeNullProperty(name);
        } else {
            to.writeNumberProperty(name, number);
        }
    }

    private static void write(Event event, JsonGenerator to) {
        if (event instanceof Event.Handshake handshake) {
            begin("handshake", event, handshake.at(), to);
            write("request", "length", handshake.request(), to);
            to.writeBooleanProperty("partner", handshake.partner());
            to.writeBooleanProperty("secure", handshake.secure());
        } else if (event instanceof Event.Answer answer) {
            begin("answer", event, answer.at(), to);
            write("response", "length", answer.response(), to);
        } else if (event instanceof Event.Frame frame) {
            begin("frame", event, frame.at(), to);
            write(frame, to);
        } else if (event instanceof Event.Bytes bytes) {
            begin("bytes", event, bytes.at(), to);
            to.writeStringProperty("from", word(bytes.from()));
            write("bytes", "length", bytes.bytes(), to);
        } else if (event instanceof Event.Ended ended) {
            begin("ended", event, ended.at(), to);
            to.writeStringProperty("cause", ended.cause());
            to.writeNumberProperty("framesFromClient", ended.client().frames());
            to.writeNumberProperty("framesFromServer", ended.server().frames());
            to.writeNumberProperty("bytesFromClient", ended.client().bytes());
            to.writeNumberProperty("bytesFromServer", ended.server().bytes());
        } else if (event instanceof Event.Lost lost) {
            to.writeStringProperty("event", "lost");
            to.writeNumberProperty("connection", lost.connection());
            to.writeNumberProperty("frames", lost.frames());
        }
    }

    private static void begin(String name, Event event, long at, JsonGenerator to) {
        to.writeStringProperty("event", name);
        to.writeNumberProperty("connection", event.connection());
        to.writeNumberProperty("at", at);
    }

    private static void write(Event.Frame frame, JsonGenerator to) {
        to.writeNumberProperty("number", frame.number());
        to.writeStringProperty("from", word(frame.from()));
        write("bytes", "length", frame.bytes(), to);
        if (frame.cut()) {
            to.writeBooleanProperty("cut", true);
        }
        if (frame.broken() != null) {
            to.writeStringProperty("broken", frame.broken().name());
        }
        if (frame.inflated() != null) {
            write("inflated", "inflatedLength", frame.inflated(), to);
        }
    }

    private static void write(String name, String lengthName, Excerpt excerpt, JsonGenerator to) {
        to.writeName(name);
        excerpt.writeTo(to);
        to.writeNumberProperty(lengthName, excerpt.length());
    }

    private static String word(Role from) {
        return from.name().toLowerCase(Locale.ROOT);
    }
}
