package dev.wscratch.server;

import dev.wscratch.transport.HttpHandler;
import dev.wscratch.transport.HttpResponse;
import dev.wscratch.transport.HttpResponse.Header;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * The time over plain HTTP at {@code /poll}, with the bytes that asking and answering took: what a page pays that polls
 * instead of keeping a WebSocket open.
 */
final class Poll implements HttpHandler {
    private static final String PATH = "/poll";

    private final HttpHandler others;

    /**
     * Makes the handler.
     *
     * @param others answers every other path
     */
    Poll(HttpHandler others) {
        this.others = others;
    }

    @Override
    public HttpResponse handle(RequestHead request) {
        boolean asked = request.path().equals(PATH)
                && (request.method().equals("GET") || request.method().equals("HEAD"));
        if (!asked) {
            return others.handle(request);
        }
        long time = InstantSource.system().millis();
        // The answer tells its own length, which may change it, but not for ever.
        int length = 0;
        HttpResponse answer = answer(time, request, length);
        for (int again = answer.length(); again != length; again = answer.length()) {
            length = again;
            answer = answer(time, request, length);
        }
        return answer;
    }

    private static HttpResponse answer(long time, RequestHead request, int length) {
        String json =
                "{\"time\":" + time + ",\"requestBytes\":" + length(request) + ",\"responseBytes\":" + length + "}\n";
        return new HttpResponse(
                200,
                List.of(new Header("Content-Type", "application/json"), new Header("Cache-Control", "no-store")),
                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Bytes of the head, with one blank after each colon, as every browser sends it. */
    private static int length(RequestHead request) {
        int length = request.method().length()
                + request.target().length()
                + request.version().length()
                + 4;
        for (HeaderField field : request.headers().all()) {
            length += field.name().length() + field.value().length() + 4;
        }
        return length + 2;
    }
}
