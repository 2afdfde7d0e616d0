package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedTransportTest {
    @Test
    void asManyBusyConnectionsAsThreadsKeepNobodyOut() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch allBusy = new CountDownLatch(SharedTransport.HANDLER_THREADS);
        for (int i = 0; i < SharedTransport.HANDLER_THREADS; i++) {
            SharedTransport.handlers().execute(() -> {
                allBusy.countDown();
                again(over);
            });
        }
        try {
            assertThat(allBusy.await(10, TimeUnit.SECONDS)).isTrue();
            CountDownLatch another = new CountDownLatch(1);
            SharedTransport.handlers().execute(another::countDown);
            assertThat(another.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            over.set(true);
        }
    }

    /** As an event queue that never runs dry. */
    private static void again(AtomicBoolean over) {
        if (!over.get()) {
            SharedTransport.handlers().execute(() -> again(over));
        }
    }
}
