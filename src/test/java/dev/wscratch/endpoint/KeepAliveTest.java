package dev.wscratch.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static final Duration OFTEN = Duration.ofMillis(5);

    private final Deployment deployment = new Deployment(1);
    private final FakeSession fake = new FakeSession();
    private final List<Exception> failed = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        deployment.close();
    }

    private KeepAlive keepAlive() {
        return new KeepAlive(fake.session, deployment.timer(), deployment.pingers(), OFTEN, failed::add);
    }

    @Test
    void aSessionIsPingedAgainAndAgainUntilItStops() {
        KeepAlive pings = keepAlive();
        await().untilAsserted(() -> assertThat(fake.sent).hasSizeGreaterThan(2).containsOnly(ByteBuffer.allocate(0)));
        pings.stop();
        await().untilAsserted(() -> assertThat(deployment.pendingTasks()).isZero());
    }

    @Test
    void aPingThatFailsIsToldAndNotTheLast() {
        fake.failure = new IOException("gone");
        KeepAlive pings = keepAlive();
        await().untilAsserted(() -> assertThat(failed).hasSizeGreaterThan(1).contains(fake.failure));
        pings.stop();
    }

    @Test
    void itsPeriodIsShorterThanTheIdleTimeoutOfAnyAppServer() {
        assertThat(KeepAlive.PERIOD).isLessThan(Duration.ofSeconds(30));
    }
}
