package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import dev.wscratch.server.WscratchServer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the client container of stock Tyrus. */
@Timeout(60)
class TalkEndpointTest {
    private static TalkEndpoint connect(URI url) throws Exception {
        WebSocketContainer container = ContainerProvider.getWebSocketContainer();
        TalkEndpoint endpoint = new TalkEndpoint();
        var unused = container.connectToServer(endpoint, url);
        return endpoint;
    }

    @Test
    void itTalksOverASessionOfAnotherContainerAndSeesTheEnd() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            TalkClient talk = connect(server.uri("/talk")).client();
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                answers.add(talk.echo("text " + i).toCompletableFuture());
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get(10, TimeUnit.SECONDS)).isEqualTo("text " + i);
            }
            assertThat(talk.file("zeros", new ByteArrayInputStream(new byte[100_000]), received -> {})
                            .size())
                    .isEqualTo(100_000);
            talk.close();
            assertThat(talk.closed().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo(new CloseEvent(1000, "", true));
            talk.close();
            assertThatThrownBy(() -> talk.echo("x").toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void itSpeaksTheFormatThatTheServerChooses() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            assertThat(peer.accept("Sec-WebSocket-Protocol: wscratch.v1.cbor"))
                    .contains("wscratch.v1.json", "wscratch.v1.cbor");
            assertThat(peer.frame().opcode()).isEqualTo(2);
            peer.hex("88 02 03e9");
            peer.ended();
        })) {
            TalkClient talk = connect(URI.create(server.url())).client();
            assertThatThrownBy(() -> talk.echo("x").toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("the connection was closed with 1001");
        }
    }

    @Test
    void aServerThatAgreesToNoSubprotocolIsRefusedAndSoIsWhoAsksTooEarly() throws Exception {
        assertThatThrownBy(() -> new TalkEndpoint().client()).isInstanceOf(IllegalStateException.class);
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            TalkEndpoint endpoint = connect(server.uri("/echo"));
            assertThatThrownBy(endpoint::client)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected a server that agrees to wscratch.v1.json or wscratch.v1.cbor");
        }
    }

    /** Found by review: Tomcat's CloseReason has no phrase where the Close frame had none. */
    @Test
    void anEndWithoutAReasonHasAnEmptyOne() throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start()) {
            TalkEndpoint endpoint = connect(server.uri("/talk"));
            endpoint.onClose(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, null) {
                @Override
                public String getReasonPhrase() {
                    return null;
                }
            });
            assertThat(endpoint.client().closed().toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isEqualTo(new CloseEvent(1001, "", true));
        }
    }
}
