package dev.wscratch.message;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** Writes one message in either format: the type first, then the fields in the order of the record. */
final class MessageWriter {
    private static final TokenStreamFactory JSON = JsonFactory.builder().build();
    private static final TokenStreamFactory CBOR = CBORFactory.builder().build();

    /** Characters that surely leave in one piece. */
    private static final int SHORT = 500;

    private MessageWriter() {}

    static String json(Message message) {
        StringWriter out = new StringWriter();
        try (JsonGenerator to = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(message, to);
        }
        return out.toString();
    }

    static ByteBuffer cbor(Message message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator to = CBOR.createGenerator(ObjectWriteContext.empty(), out)) {
            write(message, to);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    private static void write(Message message, JsonGenerator to) {
        if (message instanceof Message.Request request) {
            write(request, to);
        } else if (message instanceof Message.Reply reply) {
            write(reply, to);
        }
    }

    private static void write(Message.Request request, JsonGenerator to) {
        if (request instanceof Message.Echo echo) {
            begin("echo", 1, to);
            writeText("text", echo.text(), to);
        } else if (request instanceof Message.Ping ping) {
            begin("ping", 1, to);
            to.writeNumberProperty("stamp", ping.stamp());
        } else if (request instanceof Message.Live live) {
            begin("live", 2, to);
            to.writeBooleanProperty("on", live.on());
            to.writeNumberProperty("every", live.every());
        } else if (request instanceof Message.FilePart part) {
            begin("file", 4, to);
            to.writeStringProperty("name", part.name());
            to.writeNumberProperty("offset", part.offset());
            to.writeBooleanProperty("last", part.last());
            to.writeName("data");
            writeBytes(part.data(), to);
        }
        to.writeEndObject();
    }

    private static void write(Message.Reply reply, JsonGenerator to) {
        if (reply instanceof Message.Pong pong) {
            begin("pong", 2, to);
            to.writeNumberProperty("stamp", pong.stamp());
            to.writeNumberProperty("time", pong.time());
        } else if (reply instanceof Message.Time time) {
            begin("time", 2, to);
            to.writeNumberProperty("time", time.time());
            to.writeNumberProperty("skipped", time.skipped());
        } else if (reply instanceof Message.Progress progress) {
            begin("progress", 2, to);
            to.writeStringProperty("name", progress.name());
            to.writeNumberProperty("received", progress.received());
        } else if (reply instanceof Message.Result result) {
            begin("result", result.lines().isPresent() ? 4 : 3, to);
            to.writeStringProperty("name", result.name());
            to.writeNumberProperty("size", result.size());
            to.writeStringProperty("sha256", result.sha256());
            result.lines().ifPresent(lines -> to.writeNumberProperty("lines", lines));
        } else if (reply instanceof Problem problem) {
            begin("problem", 3, to);
            to.writeStringProperty("code", problem.code().word());
            writeText("expected", problem.expected(), to);
            writeText("at", problem.at(), to);
        }
        to.writeEndObject();
    }

    /** Says how many fields follow, since a CBOR map begins with its length; JSON has no use for it. */
    private static void begin(String type, int fields, JsonGenerator to) {
        to.writeStartObject(null, 1 + fields);
        to.writeStringProperty("type", type);
    }

    /** Text of any length in one piece; of itself Jackson writes long text in CBOR as pieces, which not every reader takes. */
    private static void writeText(String name, String text, JsonGenerator to) {
        if (to instanceof CBORGenerator && text.length() > SHORT) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            to.writeName(name);
            to.writeUTF8String(utf8, 0, utf8.length);
        } else {
            to.writeStringProperty(name, text);
        }
    }

    private static void writeBytes(ByteBuffer data, JsonGenerator to) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        to.writeBinary(bytes);
    }
}
