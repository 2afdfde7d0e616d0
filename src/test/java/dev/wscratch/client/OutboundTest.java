package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboundTest {
    /** Nobody; the link is never started. */
    /** A frame with the masking key 0, as Tyrus gives it. */
    private static ByteBuffer frame(int opcode, int length) {
        return ByteBuffer.allocate(6 + length).put(0, (byte) (0x80 | opcode)).put(1, (byte) (0x80 | length));
    }

    @Test
    void aMessageIsNotTakenForAPongThatIsOneTooMany() throws Exception {
        Link link =
                new Link(Address.of("ws://127.0.0.1:1", List.of()), List.of(), ClientSettings.DEFAULT, Nobody.LISTENS);
        Outbound outbound = link.outbound();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger droppedPongs = new AtomicInteger();
        Counting pongs = new Counting(droppedPongs, new AtomicInteger());
        Thread flood = new Thread(() -> {
            while (!over.get()) {
                outbound.write(frame(10, 125), pongs);
            }
        });
        flood.start();
        AtomicInteger dropped = new AtomicInteger();
        AtomicInteger tried = new AtomicInteger();
        try {
            org.awaitility.Awaitility.await("the bound on pongs").until(() -> droppedPongs.get() > 1000);
            for (int i = 0; i < 50_000; i++) {
                outbound.write(frame(2, 1), new Counting(dropped, tried));
            }
        } finally {
            over.set(true);
            flood.join();
        }
        assertThat(dropped).as("reported as sent, and left out").hasValue(0);
        assertThat(tried).as("given to the wire, which is not connected").hasValue(50_000);
    }

    /** Where there is no connection, what is given to the wire fails, and only what is left out completes. */
    private static final class Counting extends CompletionHandler<ByteBuffer> {
        private final AtomicInteger completed;
        private final AtomicInteger failed;

        Counting(AtomicInteger completed, AtomicInteger failed) {
            this.completed = completed;
            this.failed = failed;
        }

        @Override
        public void completed(ByteBuffer frame) {
            completed.incrementAndGet();
        }

        @Override
        public void failed(Throwable cause) {
            failed.incrementAndGet();
        }
    }
}
