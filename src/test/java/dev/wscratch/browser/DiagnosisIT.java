package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page says of a connection that failed. */
@Timeout(180)
class DiagnosisIT extends ServedPage {
    DiagnosisIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @Test
    void aFaultIsDiagnosedByTheBrowserTheServerAndTheStandard() {
        EchoPage page = told().tab("break");
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelectorAll('.fault').length > 30")));
        click("[aria-label='Break it: rsv']");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.diagnosis())
                .contains("A frame broke the protocol", "1006", "The server saw"));
        assertThat(page.diagnosis()).contains("RFC 6455").doesNotContain("RESERVED_BIT_SET");
        click("[aria-label='Break it: status']");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.diagnosis())
                .contains("The handshake was refused", "503", "instead of 101"));
        click("[aria-label='Break it: bad-accept']");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.diagnosis())
                .contains("The server answered 101, but your browser did not take the answer")
                .contains("The proof does not fit the key that was sent", "append the GUID")
                .doesNotContain("nothing listened there"));
        assertThat(page.explanation("onclose")).contains("The server answered 101, but your browser");
        click("[aria-label='Break it: subprotocol']");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.diagnosis())
                .contains("The server answered 101", "a subprotocol that was not offered"));
        browser.expectComplaint("/fault/rsv");
        browser.expectComplaint("/fault/status");
        browser.expectComplaint("/fault/bad-accept");
        browser.expectComplaint("/fault/subprotocol");
    }

    @Test
    void aBrokenFrameThatTheBrowserLetPassIsSaidToBeThat() {
        EchoPage page = EchoPage.open(browser, server.page().resolve("?auto=0"))
                .connectTo(server.uri("/fault/close/2000").toString());
        assertThat(page.awaitEnd().text()).startsWith("code 2000").endsWith("wasClean true");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.diagnosis())
                .contains("A frame breaks the standard; your browser let it pass"));
        click("#diagnosis button");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(browser.find(".pane-violation").getText())
                        .contains("CLOSE_CODE_INVALID", "your browser let it pass")
                        .doesNotContain("Answered with"));
    }

    @Test
    void aSecondCardTakesOverFromOneThatNeverOpens() {
        EchoPage page = told().tab("break");
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelectorAll('.fault').length > 30")));
        click("[aria-label='Break it: stuck-head']");
        page.awaitState("CONNECTING");
        click("[aria-label='Break it: status']");
        click("[aria-label='Break it: rsv']");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(page.diagnosis()).contains("A frame broke the protocol"));
        assertThat(page.problem("url")).isEmpty();
        browser.expectComplaint("/fault/stuck-head");
        browser.expectComplaint("/fault/status");
        browser.expectComplaint("/fault/rsv");
    }
}
