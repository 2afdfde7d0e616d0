package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.transport.ClientCompression;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        try (ClientCompression offer = ClientCompression.offer(List.of(ClientCompression.USUAL))) {
            assertThat(offer).as("an offer of compression").isNotNull();
        }
    }

    @Test
    void whatEndsBeforeItsRequestIsSentReservesNoMemory() {
        Address address = Address.of("ws://127.0.0.1:1/", List.of());
        Link link = new Link(address, List.of(), ClientSettings.DEFAULT, Nobody.LISTENS);
        for (int i = 0; i < 500; i++) {
            Negotiation negotiation = new Negotiation(address, List.of(), ClientSettings.DEFAULT, link);
            negotiation.close();
            assertThat(StandardCharsets.US_ASCII.decode(negotiation.request()).toString())
                    .as("request %d", i)
                    .doesNotContain("Sec-WebSocket-Extensions");
        }
        try (ClientCompression offer = ClientCompression.offer(List.of(ClientCompression.USUAL))) {
            assertThat(offer).as("an offer of compression").isNotNull();
        }
    }
}
