package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void aLinkFillsTheFieldsAndConnectsToOurOwnServer() {
        EchoPage page = EchoPage.open(
                browser, server.page().resolve("?url=" + server.uri("/deflate") + "&msg=gr%C3%BC%20%F0%9F%99%82"));
        page.awaitMessage("grü 🙂");
        assertThat(page.url()).isEqualTo(server.uri("/deflate").toString());
        assertThat(browser.find("#message").getDomProperty("value")).isEqualTo("grü 🙂");
        assertThat(page.explanation("onopen")).contains("permessage-deflate");
    }

    @Test
    void aLinkLeadsToALesson() {
        EchoPage page = EchoPage.open(browser, server.page().resolve("?auto=0#/lesson/10"));
        await().atMost(DEADLINE)
                .until(() -> browser.find("#lessons-panel").getText().contains("10. Messages are not frames"));
        assertThat(page.rows()).isEmpty();
        browser.run("location.hash = '#/lesson/3'");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#lesson-heading").getText().startsWith("3. "));
    }

    @Test
    void anAddressCopiedFromTheBarShowsTheSameByteAgain() {
        told();
        click("#wire [role=gridcell][data-index='7']");
        Object copied = browser.run("return location.hash");
        assertThat(copied).isEqualTo("#/frame/1/byte/7");
        browser.open(URI.create("about:blank"));
        EchoPage.open(browser, server.page().resolve(String.valueOf(copied)));
        await().atMost(DEADLINE)
                .until(() -> Objects.equals(
                        browser.run(
                                "return document.querySelector('#wire [role=gridcell][aria-selected=true]')?.dataset.index"),
                        "7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?auto=0#/frame/99999",
                "#/frame/1/byte/99999",
                "?auto=0#/frame/-1",
                "?auto=0#/lesson/0",
                "#/lesson/999",
                "#/%25",
                "?url=",
                "?url=%00",
                "?url=javascript:alert(1)",
                "?auto=0&msg=%ff"
            })
    void aBrokenLinkDoesNoHarm(String link) {
        browser.open(URI.create("about:blank"));
        EchoPage page = EchoPage.open(browser, URI.create(server.page() + link));
        click("#clients [value=B]");
        page.connectOrDisconnect().awaitState("OPEN").send("alive").awaitMessage("alive");
    }
}
