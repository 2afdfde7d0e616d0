package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handshake says about compression, on the wire and to the endpoint. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class DeflateNegotiationIT {
    private final Scheme scheme;

    DeflateNegotiationIT(Scheme scheme) {
        this.scheme = scheme;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            permessage-deflate                                      | permessage-deflate
            permessage-deflate; client_max_window_bits              | permessage-deflate
            permessage-deflate; client_max_window_bits=8            | permessage-deflate
            permessage-deflate; server_max_window_bits=8            | permessage-deflate; server_max_window_bits=8
            permessage-deflate; server_max_window_bits="10"         | permessage-deflate; server_max_window_bits=10
            permessage-deflate; server_no_context_takeover; client_no_context_takeover | permessage-deflate; server_no_context_takeover; client_no_context_takeover
            permessage-deflate; server_max_window_bits=7            |
            permessage-deflate; server_max_window_bits=16           |
            permessage-deflate; server_max_window_bits              |
            permessage-deflate; client_max_window_bits=16           |
            permessage-deflate; server_no_context_takeover=1        |
            permessage-deflate; unknown                             |
            permessage-deflate; server_no_context_takeover; server_no_context_takeover |
            permessage-deflate; unknown, permessage-deflate; server_max_window_bits=9 | permessage-deflate; server_max_window_bits=9
            x-other                                                 |
            """)
    void theHandshakeAnswersEachOffer(String offer, String answer) throws Exception {
        try (CompressingServer server = new CompressingServer(scheme)) {
            assertThat(server.answered("/deflate", "Sec-WebSocket-Extensions: " + offer))
                    .isEqualTo(answer == null ? "" : answer);
            assertThat(server.answered("/deflate")).isEmpty();
            await().atMost(Duration.ofSeconds(10)).until(() -> server.budget().reservedBytes() == 0);
        }
    }

    @Test
    void offersOnSeveralLinesAreOneList() throws Exception {
        try (CompressingServer server = new CompressingServer(scheme)) {
            assertThat(server.answered(
                            "/deflate",
                            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99",
                            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=11"))
                    .isEqualTo("permessage-deflate; server_max_window_bits=11");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/echo", "/silent"})
    void anEndpointThatDoesNotAskStaysPlain(String path) throws Exception {
        try (CompressingServer server = new CompressingServer(scheme)) {
            assertThat(server.answered(path, CompressingServer.OFFER)).isEmpty();
            assertThat(server.budget().connections()).isZero();
            try (RawPeer peer = server.open(path, CompressingServer.OFFER)) {
                peer.sendHex("c1 80 00 00 00 00");
                assertThat(peer.readClose().closeCode()).isEqualTo(1002);
            }
        }
    }

    @Test
    void anEndpointIsToldOfNoExtensionWhenTheOfferWasDeclined() throws Exception {
        try (CompressingServer server = new CompressingServer(scheme);
                RawPeer peer = server.open("/parts", CompressingServer.OFFER + "; server_max_window_bits=99")) {
            peer.sendText("x");
            assertThat(peer.readFrame().text()).isEqualTo("[]");
        }
    }
}
