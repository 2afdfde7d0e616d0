package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.Requests;
import dev.wscratch.transport.HttpResponse;
import dev.wscratch.transport.HttpResponse.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
    private boolean ready = true;
    private final Operations operations =
            new Operations(null, () -> ready, request -> HttpResponse.text(404, "others " + request.path()));

    private static String body(HttpResponse response) {
        return UTF_8.decode(response.body().duplicate()).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "/health,         ready,   503",
        "/healthz,        ready,   503",
        "/health/ready,   ready,   503",
        "/ready,          ready,   503",
        "/health/live,    live,    200",
        "/livez,          live,    200",
        "/health/started, started, 200",
    })
    void healthIsMicroProfilesAndOnlyReadinessGoesDown(String path, String check, int whenNotReady) {
        HttpResponse up = operations.handle(Requests.get(path));
        assertThat(up.status()).isEqualTo(200);
        assertThat(body(up))
                .isEqualToIgnoringNewLines(
                        "{\"status\":\"UP\",\"checks\":[{\"name\":\"" + check + "\",\"status\":\"UP\",\"data\":{}}]}");
        assertThat(up.headers())
                .contains(new Header("Content-Type", "application/json"), new Header("Cache-Control", "no-store"));

        ready = false;
        HttpResponse then = operations.handle(Requests.of("HEAD", path));
        assertThat(then.status()).isEqualTo(whenNotReady);
        assertThat(body(then)).contains(whenNotReady == 503 ? "\"DOWN\"" : "\"UP\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health/", "/healthy", "/HEALTH", "/metrics", "/metrics/x"})
    void everythingElseIsForOthersAndSoAreMetricsThatNobodyCounts(String path) {
        assertThat(body(operations.handle(Requests.get(path)))).isEqualTo("others " + path + "\n");
    }

    @Test
    void anotherMethodIsForOthers() {
        assertThat(body(operations.handle(Requests.of("DELETE", "/health")))).isEqualTo("others /health\n");
    }

    @Test
    void aQueryChangesNothing() {
        assertThat(operations.handle(Requests.get("/health?verbose")).status()).isEqualTo(200);
    }

    @Test
    void metricsAreText() {
        Operations counting = new Operations(new ServerMetrics("1.2.3"), () -> true, request -> {
            throw new AssertionError("not for others");
        });
        HttpResponse scrape = counting.handle(Requests.get("/metrics"));
        assertThat(scrape.headers())
                .contains(new Header("Content-Type", ServerMetrics.contentType()))
                .contains(new Header("Cache-Control", "no-store"));
        assertThat(body(scrape)).contains("wscratch_build_info{version=\"1.2.3\"} 1");
    }
}
