package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.transport.TlsSettings;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the builder refuses before it listens; what a server does is tested in {@link WscratchServerIT}. */
class WscratchServerTest {
    /** Has the path of a built-in endpoint. */
    @ServerEndpoint("/echo")
    public static final class AnotherEcho {
        @OnMessage
        public String onText(String text) {
            return text;
        }
    }

    private static WscratchServer.Builder builder() {
        return WscratchServer.builder().port(0);
    }

    private static void assertRefused(WscratchServer.Builder builder, String... inMessage) {
        assertThatThrownBy(() -> builder.start().close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(inMessage);
    }

    @Test
    void aClassThatIsNoEndpointIsRefusedAtOnce() {
        assertThatThrownBy(() -> builder().endpoint(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("endpoint: expected a class with @ServerEndpoint, got java.lang.String");
    }

    @Test
    void twoEndpointsOfOnePathAreRefused() {
        assertRefused(builder().endpoint(AnotherEcho.class), "an endpoint cannot be deployed: ", "/echo");
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertRefused(builder().port(65536), "port: expected 0 to 65535");
        assertRefused(builder().host(""), "host: expected a name or an address");
        assertRefused(builder().workers(-1), "workers: expected 0 to 10000");
        assertRefused(builder().trustedProxies(List.of("10/8")), "10.0.0.0/8", "\"10/8\"");
        assertThatThrownBy(() -> builder().maxMessage(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("maxMessage: expected 1 to ");
    }

    @Test
    void anOriginThatIsNoneIsRefused() {
        assertRefused(builder().origins(List.of("app.example/path")), "app.example/path");
        assertRefused(builder().hosts(List.of("a b")), "a b");
    }

    /** Found by review: a negative number silently meant none. */
    @ParameterizedTest
    @ValueSource(ints = {-1, -8080, 65536})
    void aManagementPortOutOfRangeIsRefused(int port) {
        assertThatThrownBy(() -> builder().managementPort(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("managementPort: expected 0 to 65535 (0 takes a free one), got " + port);
    }

    @Test
    void theManagementPortIsNotTheServersOwn() {
        assertThatThrownBy(() ->
                        builder().port(18_080).managementPort(18_080).start().close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("management port: expected another port than the server's own, got 18080");
    }

    @Test
    void theManagementPortIsNotThatOfTls(@TempDir Path folder) {
        assertThatThrownBy(() -> builder()
                        .tls(tls(18_443, folder))
                        .managementPort(18_443)
                        .start()
                        .close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("management port: expected another port than that of TLS connections, got 18443");
    }

    @Test
    void thePortOfTlsIsNotThatOfPlainConnections(@TempDir Path folder) {
        assertThatThrownBy(() ->
                        builder().port(18_080).tls(tls(18_080, folder)).start().close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TLS port: expected another port than that of plain connections, got 18080");
        assertThat(folder).as("no certificate is made for it").isEmptyDirectory();
    }

    private static TlsSettings tls(int port, Path folder) {
        return new TlsSettings(port, new TlsSettings.SelfSigned(folder), TlsSettings.ClientCertificates.NONE);
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> builder().host("no such host").start().close())
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no such host: expected a name or an address of this machine");
    }
}
