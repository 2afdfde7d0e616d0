package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.transport.ClientCompression;
import org.junit.jupiter.api.Test;

class NegotiationTest {
    @Test
    void handlersThatThrowLeaveNoMemoryReserved() {
        // Twice as many as there is room for.
        for (int i = 0; i < 500; i++) {
            assertThatThrownBy(() -> WebSocket.open("ws://127.0.0.1:1/", socket -> {
                        throw new IllegalStateException("no handlers today");
                    }))
                    .hasMessage("no handlers today");
        }
        try (ClientCompression offer = ClientCompression.offer()) {
            assertThat(offer).as("an offer of compression").isNotNull();
        }
    }
}
