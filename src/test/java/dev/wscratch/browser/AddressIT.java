package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.server.WscratchServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's module {@code address.js}, run in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddressIT {
    private WscratchServer server;
    private Browser browser;

    @BeforeAll
    void start() throws Exception {
        server = WscratchServer.builder()
                .inspector(true)
                .host("127.0.0.1")
                .port(0)
                .start();
    }

    /** Not once for all before the first: where there is no browser, each test is reported as skipped, with the reason. */
    @BeforeEach
    void openPage() {
        if (browser == null) {
            browser = Browser.start();
            EchoPage.open(browser, server.page().resolve("?auto=0"));
        }
    }

    @AfterAll
    void stop() {
        try {
            if (browser != null) {
                browser.close();
            }
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/, ws://localhost:8080/, ws://localhost:8080/echo",
        "http://localhost:8080/wscratch/, ws://localhost:8080/wscratch/, ws://localhost:8080/wscratch/echo",
        "http://localhost:8080/wscratch/index.html?auto=0#x, ws://localhost:8080/wscratch/,"
                + " ws://localhost:8080/wscratch/echo",
        "https://example.test/, wss://example.test/, wss://example.test/echo"
    })
    void theEndpointsFollowFromThePagesOwnLocation(String page, String seed, String echo) {
        assertThat(browser.run(
                        "return import('./address.js')"
                                + ".then(({ endpointsOf }) => endpointsOf(arguments[0]).map(e => e.url))",
                        page))
                .isEqualTo(List.of(seed, echo));
    }

    @ParameterizedTest
    @CsvSource({
        "ws://a.test/x, ws://a.test/x",
        "http://a.test/x, ws://a.test/x",
        "https://a.test/x?y=1, wss://a.test/x?y=1",
        "a.test:9/x, ws://a.test:9/x",
        "localhost:9, ws://localhost:9/",
        ":9/x, ws://localhost:9/x",
        "/x, ws://localhost:8080/x",
        "' /x ', ws://localhost:8080/x"
    })
    void anAddressMayBeShort(String typed, String url) {
        assertThat(parse(typed, "http://localhost:8080/")).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''             | http://h/  | The address is empty. Try: ws://h/echo
            ws://          | http://h/  | “ws://” is not an address. Try: ws://h/echo
            ftp://a.test/  | http://h/  | The address must start with ws:// or wss://, not ftp:. Try: ws://h/echo
            ws://a.test/#b | http://h/  | A WebSocket address has no fragment: leave out “#b”. (RFC 6455 §3)
            ws://a.test/   | https://h/ | This page came by https:, so the browser opens only wss: from it, except to this machine. Try: wss://a.test/
            """)
    void aWrongAddressIsRefusedWithWhatToTry(String typed, String page, String problem) {
        assertThat(parse(typed, page)).isEqualTo("Problem: " + problem);
    }

    @Test
    void thePageSaysWhatIsWrongBesideTheField() {
        EchoPage page = EchoPage.open(browser, server.page().resolve("?auto=0"));
        assertThat(page.connectTo("ftp://a.test/").problem("url")).startsWith("The address must start with ws://");
        assertThat(page.rows()).isEmpty();
    }

    private Object parse(String typed, String page) {
        return browser.run(
                """
                const [typed, page] = arguments;
                return import('./address.js').then(({ parseAddress }) => {
                  try {
                    return parseAddress(typed, page);
                  } catch (problem) {
                    return problem.constructor.name + ': ' + problem.message;
                  }
                });
                """,
                typed,
                page);
    }
}
