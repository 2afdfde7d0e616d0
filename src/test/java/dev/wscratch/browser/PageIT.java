package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.browser.EchoPage.Row;
import dev.wscratch.server.WscratchServer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser, from the standalone server. */
class PageIT extends ServedPage {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    PageIT() {
        super(WscratchServer.builder().inspector(true).faults(true).endpoint(Goodbye.class), 1280, 800);
    }

    /** Says goodbye at once, with a code and a reason of its own. */
    @ServerEndpoint("/goodbye")
    public static final class Goodbye {
        @OnOpen
        public void onOpen(Session session) throws IOException {
            session.close(new CloseReason(CloseCodes.getCloseCode(4002), "genug für heute"));
        }
    }

    @Test
    void withoutATouchANewcomersOwnHelloIsShownAsElevenBytes() {
        EchoPage page = page().awaitState("OPEN");
        page.awaitMessage("Hello");
        await().atMost(DEADLINE).until(() -> page.rows().size() == 7);
        assertThat(page.url()).isEqualTo(server.uri("/echo").toString());
        assertThat(page.rows())
                .extracting(Row::kind, Row::tone, Row::name, Row::text, Row::size)
                .satisfiesExactly(
                        row -> assertThat(row).isEqualTo(row("event", "event", "new WebSocket", page.url(), "")),
                        row -> assertThat(row.toList())
                                .startsWith("handshake", "event", "handshake")
                                .contains("GET /echo → 101 Switching Protocols"),
                        row -> assertThat(row.toList()).startsWith("event", "event", "onopen"),
                        row -> assertThat(row).isEqualTo(row("event", "event", "send", "\"Hello\"", "text · 5 bytes")),
                        row -> assertThat(row).isEqualTo(row("frame", "sent", "text", "\"Hello\"", "11 B")),
                        row -> assertThat(row).isEqualTo(row("frame", "received", "text", "\"Hello\"", "7 B")),
                        row -> assertThat(row)
                                .isEqualTo(row("event", "event", "onmessage", "\"Hello\"", "text · 5 bytes")));
        assertThat(browser.find("#story-text").getText())
                .isEqualTo("You sent 5 letters. 11 bytes left your browser. Here is every one of them.");
        assertThat(browser.find("#wire-what").getText()).isEqualTo("frame #1 ↑ you → server");
        assertThat(browser.find("#wire").getText()).contains("81", "85");
        assertThat(browser.find("#rows [aria-current=true]").getText()).contains("↑", "11 B");
    }

    @Test
    void withAutoSwitchedOffItConnectsOnlyWhenAsked() {
        EchoPage page = quietPage();
        assertThat(page.state()).isEqualTo("CLOSED");
        assertThat(page.rows()).isEmpty();
        page.connectTo(server.uri("/").toString())
                .awaitState("OPEN")
                .send("first")
                .awaitMessage("Echo: first");
        assertThat(page.events()).extracting(Row::name).containsExactly("new WebSocket", "onopen", "send", "onmessage");
    }

    @Test
    void codeAndReasonOfItsOwnCloseAreShown() {
        EchoPage page = page().awaitState("OPEN").close("4001", "done");
        page.awaitRow("close", "code 4001, reason \"done\"");
        Row end = page.awaitEnd();
        assertThat(end.text()).startsWith("code 4001, reason ").endsWith(", wasClean true");
        assertThat(page.explanation("onclose"))
                .contains("Closed cleanly. You said goodbye (4001), the server said it back, then TCP ended.");
    }

    @Test
    void codeAndReasonOfTheServersCloseAreShown() {
        EchoPage page = quietPage().connectTo(server.uri("/goodbye").toString());
        Row end = page.awaitEnd();
        assertThat(end.text()).isEqualTo("code 4002, reason \"genug für heute\", wasClean true");
        assertThat(page.explanation("onclose"))
                .contains(
                        "Closed cleanly. The server said goodbye with 4002 (private code), your browser said it back.");
    }

    @Test
    void disconnectClosesWithCode1000() {
        EchoPage page = page().awaitState("OPEN").connectOrDisconnect();
        assertThat(page.awaitEnd().text()).isEqualTo("code 1000, reason \"\", wasClean true");
    }

    @Test
    void aServerThatStopsIsShownAsGoingAway() throws Exception {
        EchoPage page;
        try (WscratchServer stopping = onLoopback(WscratchServer.builder().inspector(true))) {
            page = EchoPage.open(browser, stopping.page()).awaitState("OPEN");
            // Soon after the page has come, or at a first touch, it has all that it needs when the server is gone.
            await().atMost(DEADLINE)
                    .until(
                            () -> Boolean.TRUE.equals(
                                    browser.run(
                                            "return ['diagnosis', 'detail'].every((name) => performance.getEntriesByType('resource').some((entry) => entry.name.endsWith(`/ui/${name}.js`)))")));
        }
        Row end = page.awaitEnd();
        assertThat(end.text()).startsWith("code 1001, ").endsWith(", wasClean true");
        assertThat(page.explanation("onclose"))
                .contains("Closed cleanly. The server said goodbye with 1001 (going away)");
    }

    @Test
    void aServerThatIsNotThereIsToldFromAConnectionThatDied() throws Exception {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = URI.create("ws://127.0.0.1:" + free.getLocalPort() + "/");
        }
        EchoPage page = quietPage().connectTo(nobody.toString());
        Row end = page.awaitEnd();
        assertThat(end.text()).isEqualTo("code 1006, reason \"\", wasClean false");
        assertThat(page.diagnosis()).contains("There is no connection", "1006", "nothing listened there");
        assertThat(page.events()).extracting(Row::name).containsExactly("new WebSocket", "onerror", "onclose");
        browser.expectComplaint("WebSocket connection to '" + nobody + "' failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            1001 | The browser lets a page send only 1000 or 3000–4999. 1001 is sent by the browser itself when the page is left, or by a server. (WHATWG WebSockets, close())
            1006 | The browser lets a page send only 1000 or 3000–4999. 1006 (abnormal closure) never travels: it is what an API reports when no code arrived. (WHATWG WebSockets, close())
            5000 | The browser lets a page send only 1000 or 3000–4999. 5000 has no meaning. (WHATWG WebSockets, close())
            bye  | The code is a number: 1000 or 3000–4999. “bye” is not.
            """)
    void aCodeThatAPageMayNotSendIsRefusedWithTheReason(String code, String problem) {
        EchoPage page = page().awaitState("OPEN").close(code, "");
        assertThat(page.problem("code")).isEqualTo(problem);
        assertThat(browser.find("#code").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(page.state()).isEqualTo("OPEN");
    }

    @Test
    void theLengthOfAReasonCountsInBytesOfUtf8() {
        EchoPage page = page().awaitState("OPEN").close("1000", "ä".repeat(62));
        assertThat(page.problem("reason"))
                .isEqualTo("Reason is 124 bytes; the limit is 123 (125 minus the 2-byte code).");
        assertThat(page.state()).isEqualTo("OPEN");
        String longest = "ä".repeat(61) + "a";
        page.close("1000", longest).awaitRow("close", "code 1000, reason \"" + longest + "\"");
        assertThat(page.awaitEnd().text()).startsWith("code 1000, ");
    }

    @Test
    void bytesAreWrittenAndShownAsHex() {
        EchoPage page = quietPage().connectTo(server.uri("/echo").toString()).awaitState("OPEN");
        assertThat(page.sendBinary("00ff 10").awaitRow("onmessage", "00 ff 10").size())
                .isEqualTo("binary · 3 bytes");
        page.sendBinary("0x");
        assertThat(page.problem("hex"))
                .isEqualTo("Bytes are written as pairs of hex digits, such as 00 ff 10. “x” is not a hex digit.");
    }

    @Test
    void aMessageIsShownAsTextAndNeverAsMarkup() {
        String markup = "<img src=x onerror=alert(1)> & \u202e";
        EchoPage page = page().awaitState("OPEN").send(markup);
        page.awaitMessage(markup);
        assertThat(page.explanation("onmessage")).contains(markup);
        assertThat(browser.run("return document.querySelectorAll('main img').length"))
                .isEqualTo(0L);
    }

    @Test
    void sendingWithoutAConnectionSaysWhatToDo() {
        EchoPage page = quietPage().send("hello");
        assertThat(page.problem("message"))
                .isEqualTo("Not sent: the connection is CLOSED, and only an OPEN one sends. Try: Connect.");
        assertThat(page.rows()).isEmpty();
    }

    @Test
    void theKeyboardAloneConnectsSendsFiltersAndCloses() {
        EchoPage page = quietPage();
        focus("url").sendKeys(Keys.ENTER);
        page.awaitState("OPEN");
        browser.find("body").sendKeys("m");
        assertFocus("message");
        browser.focused().sendKeys("two", Keys.chord(Keys.SHIFT, Keys.ENTER), "lines", Keys.ENTER);
        page.awaitMessage("two\nlines");
        focus("tab-text").sendKeys(Keys.END);
        assertFocus("tab-close");
        press("code", Keys.TAB);
        press("reason", Keys.TAB);
        browser.focused().sendKeys("bye", Keys.ENTER);
        page.awaitRow("close", "code 1000, reason \"bye\"");
        assertThat(page.awaitEnd().text()).startsWith("code 1000, ");
        focus("clear");
        browser.focused().sendKeys("t");
        assertFocus("log");
        browser.focused().sendKeys(Keys.HOME);
        assertThat(browser.focused().getText()).contains("new WebSocket");
        browser.focused().sendKeys(Keys.DOWN);
        assertThat(browser.focused().getText()).contains("handshake");
        browser.focused().sendKeys("/");
        assertFocus("query");
        browser.focused().sendKeys("bye");
        await().atMost(DEADLINE)
                .until(() -> page.rows().size() > 0
                        && page.rows().stream().allMatch(row -> row.text().contains("bye")));
        focus("pause").sendKeys("?");
        assertThat(browser.find("#help-panel").isDisplayed()).isTrue();
    }

    @Test
    void aScreenOf320PixelsHasThreePartsAndNeedsNoSidewaysScrolling() {
        browser.viewport(320, 640);
        EchoPage page = page().awaitState("OPEN");
        await().atMost(DEADLINE).until(() -> browser.find("#wire").isDisplayed());
        assertThat(browser.find("#try").isDisplayed()).isFalse();
        browser.find("#view-try").click();
        page.send("x".repeat(500)).close("1001", "");
        assertThat(page.problem("code")).isNotEmpty();
        page.awaitRow(
                "an echo", row -> row.name().equals("onmessage") && row.text().startsWith("\"xxx"));
        assertNothingScrollsSideways();
        browser.find("#view-dock").click();
        for (String panel : List.of("break", "talk", "server", "help")) {
            page.tab(panel);
            assertNothingScrollsSideways();
        }
        assertThat(browser.find("#try").isDisplayed()).isFalse();
        browser.find("#view-wire").click();
        assertNothingScrollsSideways();
    }

    private void assertNothingScrollsSideways() {
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(320L);
        assertThat(
                        browser.run(
                                """
                        return Array.from(document.querySelectorAll('.log, .scroll, .panel'))
                          .filter(part => part.scrollWidth > part.clientWidth).map(part => part.id || part.className);
                        """))
                .isEqualTo(List.of());
    }

    @Test
    void theHeaderSaysTheSamePolicyAsThePage() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.page()).build();
        String header = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse("");
        assertThat(PagePolicy.directives(header)).isEqualTo(PagePolicy.expected());
    }

    private WebElement focus(String id) {
        browser.run("document.getElementById(arguments[0]).focus()", id);
        return browser.focused();
    }

    private void assertFocus(String id) {
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo(id);
    }

    /** Presses a key in the focused element; the element with this id then has the focus. */
    private void press(String id, Keys key) {
        browser.focused().sendKeys(key);
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo(id);
    }

    private EchoPage page() {
        return EchoPage.open(browser, server.page());
    }

    private EchoPage quietPage() {
        return EchoPage.open(browser, server.page().resolve("?auto=0"));
    }

    private static Tuple row(String kind, String tone, String name, String text, String size) {
        return Tuple.tuple(kind, tone, name, text, size);
    }
}
