package dev.wscratch.server;

import dev.wscratch.transport.HttpHandler;
import dev.wscratch.transport.HttpResponse;
import dev.wscratch.transport.HttpResponse.Header;
import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Health and metrics over HTTP, at the paths and in the form of MicroProfile Health, with the aliases that people try
 * first.
 */
final class Operations implements HttpHandler {
    private static final Header NO_STORE = new Header("Cache-Control", "no-store");

    private final @Nullable ServerMetrics metrics;
    private final BooleanSupplier ready;
    private final HttpHandler others;

    /**
     * Makes the handler.
     *
     * @param metrics to show; null when nothing is counted
     * @param ready whether new connections are welcome
     * @param others answers every other path
     */
    Operations(@Nullable ServerMetrics metrics, BooleanSupplier ready, HttpHandler others) {
        this.metrics = metrics;
        this.ready = ready;
        this.others = others;
    }

    @Override
    public HttpResponse handle(RequestHead request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return others.handle(request);
        }
        HttpResponse answer = answer(request.path());
        return answer == null ? others.handle(request) : answer;
    }

    private @Nullable HttpResponse answer(String path) {
        return switch (path) {
            case "/health/live", "/livez" -> health("live", true);
            case "/health/started" -> health("started", true);
            case "/health", "/healthz", "/health/ready", "/ready" -> health("ready", ready.getAsBoolean());
            case "/metrics" -> metrics == null ? null : scrape(metrics);
            default -> null;
        };
    }

    private static HttpResponse scrape(ServerMetrics metrics) {
        return new HttpResponse(
                200, List.of(new Header("Content-Type", ServerMetrics.contentType()), NO_STORE), metrics.scrape());
    }

    private static HttpResponse health(String check, boolean up) {
        String status = up ? "UP" : "DOWN";
        String json = "{\"status\":\"" + status + "\",\"checks\":[{\"name\":\"" + check + "\",\"status\":\"" + status
                + "\",\"data\":{}}]}\n";
        return new HttpResponse(
                up ? 200 : 503,
                List.of(new Header("Content-Type", "application/json"), NO_STORE),
                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
}
