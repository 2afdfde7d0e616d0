package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.JsonValue;
import dev.wscratch.peer.RawPeer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PollIT {
    @Test
    void aPollTellsItsOwnBytesOnTheWire() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start();
                RawPeer peer = RawPeer.connect(server.port())) {
            String request = "GET /poll?n=1 HTTP/1.1\r\nHost: localhost\r\nCookie: a=b\r\n\r\n";
            for (int i = 0; i < 3; i++) {
                peer.send(request.getBytes(ISO_8859_1));
                String response = peer.readResponse();
                Map<String, Object> body = JsonValue.object(response.substring(response.indexOf("\r\n\r\n") + 4));
                assertThat(body)
                        .containsEntry("requestBytes", (long) request.length())
                        .containsEntry("responseBytes", (long) response.length());
                assertThat((Long) body.get("time")).isCloseTo(System.currentTimeMillis(), within(60_000L));
            }
        }
    }

    private static org.assertj.core.data.Offset<Long> within(long millis) {
        return org.assertj.core.data.Offset.offset(millis);
    }
}
