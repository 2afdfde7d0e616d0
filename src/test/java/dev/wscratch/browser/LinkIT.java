package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links into the page. */
@Timeout(180)
class LinkIT extends ServedPage {
    LinkIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @Test
    void aLinkLeadsToAByteOfAFrame() {
        EchoPage page = EchoPage.open(browser, server.page().resolve("?msg=ab#/frame/2/byte/1"));
        page.awaitMessage("ab");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#wire-what").getText().equals("frame #2 ↓ server → you"));
        assertThat(browser.run("return location.hash")).isEqualTo("#/frame/2/byte/1");
        click("#rows .row.sent.is-frame");
        assertThat(browser.run("return location.hash")).isEqualTo("#/frame/1");
    }

    @Test
    void aLinkToSomeOtherServerConnectsOnlyWhenAsked() {
        EchoPage page = EchoPage.open(browser, server.page().resolve("?url=ws://127.0.0.1:9/&proto=a,b"));
        await().atMost(DEADLINE)
                .until(() -> browser.find("#story-text").getText().startsWith("Press Connect"));
        assertThat(page.url()).isEqualTo("ws://127.0.0.1:9/");
        assertThat(browser.find("#protocols").getDomProperty("value")).isEqualTo("a,b");
        assertThat(page.rows()).isEmpty();
    }
}
