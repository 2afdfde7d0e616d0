package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.wscratch.server.WscratchServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixture itself: a page that does wrong must not pass unseen. */
class BrowserIT {
    @Test
    void aBreachOfThePolicyFailsTheTest() throws Exception {
        HttpServer server = serve("<!doctype html><link rel='icon' href='data:,'><p style='color: red'>x</p>");
        try {
            Browser browser = Browser.start();
            browser.open(address(server));
            assertThatThrownBy(browser::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Content Security Policy");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "document.body.setAttribute('style', 'color: red')",
                "document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))",
                "new Image().src = 'http://localhost:9/'",
                "return fetch('http://localhost:9/').catch(() => 0)",
                "document.body.append(Object.assign(document.createElement('iframe'), { src: '/' }))"
            })
    void aBreachOfTheRealPagesPolicyFailsTheTest(String breach) throws Exception {
        try (WscratchServer server =
                ServedPage.onLoopback(WscratchServer.builder().inspector(true))) {
            Browser browser = Browser.start();
            EchoPage.open(browser, server.page().resolve("?auto=0"));
            browser.run(breach);
            assertThatThrownBy(browser::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Content Security Policy");
        }
    }

    @Test
    void aComplaintThatWasExpectedDoesNotFailTheTest() throws Exception {
        HttpServer server = serve("<!doctype html><link rel='icon' href='data:,'><p style='color: red'>x</p>");
        try (Browser browser = Browser.start()) {
            browser.open(address(server));
            browser.expectComplaint("Content Security Policy");
            assertThat(browser.complaints()).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer serve(String html) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; img-src data:");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
