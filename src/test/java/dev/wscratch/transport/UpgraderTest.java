package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LogLines;
import dev.wscratch.peer.Requests;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgraderTest {
    /** What the endpoint of the test in progress was told. */
    private static final List<String> TOLD = Collections.synchronizedList(new ArrayList<>());

    /** Answers a handshake as the query says. */
    public static final class Scripted extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            List<String> does = request.getParameterMap().getOrDefault("do", List.of("nothing"));
            TOLD.add("asked " + does);
            switch (does.get(0)) {
                case "throw" -> throw new IllegalStateException("a secret");
                case "status" -> {
                    ((UpgradeResponse) response).setStatus(Integer.parseInt(does.get(1)));
                    response.getHeaders().put("WWW-Authenticate", List.of("Basic"));
                    response.getHeaders().put("Transfer-Encoding", List.of("chunked"));
                }
                case "split" -> response.getHeaders().put("X-Split", List.of("a\r\nSet-Cookie: b"));
                case "header" -> response.getHeaders().put("X-More", List.of("a", "b"));
                default -> {}
            }
        }
    }

    /** Does nothing. */
    @ServerEndpoint(value = "/scripted", configurator = Scripted.class)
    public static final class Endpoint {
        @OnOpen
        public void onOpen(Session session) {
            TOLD.add("open");
        }
    }

    private final List<String> rejected = new ArrayList<>();
    private final InMemory memory = new InMemory(Endpoint.class);
    private final FakeTcp tcp = new FakeTcp();

    UpgraderTest() {
        memory.metrics = new TransportMetrics() {
            @Override
            public void rejected(String reason) {
                rejected.add(reason);
            }
        };
    }

    @BeforeEach
    void forget() {
        TOLD.clear();
    }

    private String answerTo(String target) throws Exception {
        memory.accept(tcp).received(ByteBuffer.wrap(Requests.handshake(target)));
        return tcp.takeText();
    }

    @Test
    void anAcceptedHandshakeHasTheAnswerOfTheRfcAndTheConfiguratorsHeaders() throws Exception {
        assertThat(answerTo("/scripted?do=header"))
                .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                .containsIgnoringCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                .contains("X-More: a, b")
                .endsWith("\r\n\r\n");
        assertThat(TOLD).containsExactly("asked [header]", "open");
    }

    @Test
    void aQueryIsReadAsAForm() throws Exception {
        answerTo("/scripted?a=1&do=%C3%BC+b&do&x=y=z");
        assertThat(TOLD).first().isEqualTo("asked [ü b, ]");
    }

    @Test
    void aPathWithoutAnEndpointIsNotFound() throws Exception {
        assertThat(answerTo("/other")).startsWith("HTTP/1.1 404 ").contains("no endpoint at this path");
        assertThat(rejected).containsExactly("NO_ENDPOINT");
    }

    /** What follows two slashes is not read as the name of a host: //x/scripted is not /scripted. */
    @ParameterizedTest
    @ValueSource(strings = {"//x/scripted", "//scripted", "///scripted", "/x//scripted", "/scripted/"})
    void aPathWithAnEmptySegmentIsNotThePathWithoutIt(String target) throws Exception {
        assertThat(answerTo(target)).startsWith("HTTP/1.1 404 ");
        assertThat(rejected).containsExactly("NO_ENDPOINT");
    }

    /** Found by review: it was called a bad query. */
    @Test
    void aPathOfTwoSlashesIsABadTarget() throws Exception {
        assertThat(answerTo("//")).startsWith("HTTP/1.1 400 ").contains("bad target: expected a path such as /echo");
        assertThat(rejected).containsExactly("BAD_TARGET");
    }

    /** The name of the reason was found by review: log and metrics said "X". */
    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 401, 503})
    void aStatusOfTheConfiguratorsRefuses(int status) throws Exception {
        assertThat(answerTo("/scripted?do=status&do=" + status))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("WWW-Authenticate: Basic", "Connection: close")
                .doesNotContainIgnoringCase("Sec-WebSocket-Accept")
                .doesNotContainIgnoringCase("Upgrade:")
                .doesNotContainIgnoringCase("Transfer-Encoding");
        assertThat(TOLD).doesNotContain("open");
        assertThat(rejected).containsExactly("ENDPOINT_REFUSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "split", "status&do=100", "status&do=999"})
    void aConfiguratorThatFailsIsAnInternalErrorThatTellsNothing(String script) throws Exception {
        try (LogLines log = new LogLines("dev.wscratch.transport")) {
            assertThat(answerTo("/scripted?do=" + script))
                    .startsWith("HTTP/1.1 500 ")
                    .doesNotContain("secret", "Set-Cookie");
            assertThat(log.all()).anyMatch(line -> line.startsWith("WARN ") && line.contains("configurator"));
        }
        assertThat(rejected).containsExactly("CONFIGURATOR_FAILED");
        assertThat(TOLD).doesNotContain("open");
    }

    /** Found by review: each repetition of a name copied all values before it. */
    @Test
    void aNameManyTimesInAQueryKeepsAllItsValues() throws Exception {
        answerTo("/scripted?" + "do=1&".repeat(2000) + "do=2");
        assertThat(TOLD.get(0)).startsWith("asked [1, 1, ").endsWith(", 2]");
    }
}
