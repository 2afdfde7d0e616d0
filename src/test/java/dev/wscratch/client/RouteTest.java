package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.ScriptedServer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RouteTest {
    private static ScriptedServer redirecting(String location) throws Exception {
        return ScriptedServer.start(c -> {
            c.head();
            c.text("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
            assertThat(c.ended()).isTrue();
        });
    }

    @Test
    void aRedirectToWhatCannotBeRequestedEndsWithAnErrorAndACloseEvent() throws Exception {
        try (ScriptedServer peer = redirecting("ws://a{b}/")) {
            EventLog log = new EventLog();
            WebSocket socket = WebSocket.builder(peer.url()).followRedirects(3).open(log::listen);
            assertThat(EventLog.end(socket)).isEqualTo(new CloseEvent(1006, "", false));
            assertThat(log.lines())
                    .containsExactly(
                            "error handshake: the redirect is not followed: expected a Location that can be requested,"
                                    + " got another [CLOSED]",
                            "close 1006 \"\" clean=false [CLOSED]");
        }
    }

    @Test
    void aRedirectMayLeadToAPathThatOnlyBrowsersWrite() throws Exception {
        try (ScriptedServer second = ScriptedServer.start(c -> {
                    assertThat(c.accept()).startsWith("GET /a|b HTTP/1.1\r\n");
                    c.hex("88 02 03 e8");
                    c.frame();
                });
                ScriptedServer first = redirecting("ws://127.0.0.1:" + second.port() + "/a|b")) {
            WebSocket socket = WebSocket.builder(first.url()).followRedirects(1).connect();
            assertThat(EventLog.end(socket).code()).isEqualTo(1000);
        }
    }

    @Test
    void withTlsSettingsOfTheUsersNoRedirectToAnotherOriginIsFollowed() throws Exception {
        try (ScriptedServer peer = redirecting("wss://127.0.0.1:1/")) {
            EventLog log = new EventLog();
            WebSocket socket = WebSocket.builder(peer.url())
                    .tls(SSLContext.getDefault())
                    .followRedirects(1)
                    .open(log::listen);
            EventLog.end(socket);
            assertThat(log.lines())
                    .first()
                    .asString()
                    .contains("the redirect is not followed: expected one to the same origin", "wss://127.0.0.1:1");
        }
    }
}
