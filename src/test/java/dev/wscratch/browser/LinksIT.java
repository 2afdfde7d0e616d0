package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links out of the page that lead back to what it shows, and what the page remembers of the last visit. */
@Timeout(120)
class LinksIT extends ServedPage {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    LinksIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @Test
    void aCopiedLinkLeadsSomebodyElseToTheSameByte() {
        EchoPage page = told();
        page.send("later").awaitMessage("later");
        browser.find("#rows .row.sent.is-frame[aria-current=true]");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#wire-what").getText().startsWith("frame #3"));
        browser.run("location.hash = '#/frame/3/byte/1'");
        await().atMost(DEADLINE).until(() -> copied().endsWith("/byte/1"));
        assertThat(copied()).isEqualTo(server.page() + "?msg=later#/frame/1/byte/1");
        assertThat(browser.find("#copy-link").getText()).isEqualTo("Copied");
        assertThat(browser.run("return document.querySelector('#announcer').textContent"))
                .isEqualTo("Copied: " + copied());
        open(URI.create(copied())).awaitMessage("later");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#wire-what").getText().startsWith("frame #1"));
        assertThat(browser.run("return location.hash")).isEqualTo("#/frame/1/byte/1");
    }

    @Test
    void aLinkCarriesTheAddressAndSubprotocolsAndNeverTheMarkNorAPassword() {
        EchoPage page = open(server.page().resolve("?auto=0"));
        String mark = "lab=0123456789abcdef0123456789abcdef.7";
        page.fill("#url", "ws://me:secret@h.test/x?a=1&" + mark).fill("#protocols", "p1, p2");
        assertThat(copied()).isEqualTo(server.page() + "?url=ws%3A%2F%2Fh.test%2Fx%3Fa%3D1&proto=p1%2C+p2");
        assertThat(browser.run("return lab.rows.length")).isEqualTo(0L);
    }

    @Test
    void aLinkLeadsToTheLessonThatIsOpen() {
        open(server.page().resolve("?auto=0#/lesson/5"));
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelector('#lesson-heading') !== null")));
        assertThat(copied()).isEqualTo(server.page() + "#/lesson/5");
    }

    @Test
    void aReturningVisitorFindsTheAddressAndTheLessonOfTheLastVisitAndConnectsByThemselves() {
        EchoPage page = told();
        page.connectOrDisconnect().awaitState("CLOSED");
        page.fill("#protocols", "wscratch.v1.json").connectTo("/talk").awaitState("OPEN");
        browser.find("#tab-lessons").click();
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelector('#lesson-heading') !== null")));
        EchoPage again = open(server.page());
        assertThat(again.url()).isEqualTo("ws://" + server.page().getAuthority() + "/talk");
        assertThat(browser.find("#protocols").getDomProperty("value")).isEqualTo("wscratch.v1.json");
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelector('#lesson-heading') !== null")));
        assertThat(browser.find("#story-text").getText()).startsWith("Welcome back.");
        assertThat(again.rows()).isEmpty();
        assertThat(open(server.page().resolve("?url=/deflate")).url()).isEqualTo("/deflate");
        open(server.page().resolve("?url=/deflate")).awaitMessage("Hello");
    }

    @Test
    void ofAForeignAddressNeitherQueryNorPasswordNorLongSubprotocolsAreRemembered() {
        told();
        assertThat(
                        result(
                                """
                        return Promise.all([import('./ui/last.js'), import('./ui/remember.js')]).then(([{ last }, { remember, forgetLast }]) => {
                          remember({ url: 'wss://me:secret@a.test/x?token=1', protocols: ['chat', 'x'.repeat(33)] }, false);
                          const foreign = last();
                          remember({ url: 'ws://own.test/fault/rsv?a=1', protocols: [] }, true);
                          const own = last();
                          remember({ url: `ws://own.test/${'x'.repeat(2000)}`, protocols: [] }, true);
                          const long = last();
                          localStorage.setItem('wscratch.last', '{"url":7}');
                          const damaged = last();
                          forgetLast();
                          return { foreign: foreign.url + ' ' + foreign.protocols, own: own.url, long: String(long), damaged: String(damaged) };
                        });
                        """))
                .isEqualTo(Map.of(
                        "foreign", "wss://a.test/x chat",
                        "own", "ws://own.test/fault/rsv?a=1",
                        "long", "null",
                        "damaged", "null"));
    }

    @Test
    void aBrowserThatKeepsNothingShowsTheFirstVisit() {
        told();
        browser.run(
                """
                Object.defineProperty(Storage.prototype, 'getItem', { value() { throw new DOMException('denied', 'SecurityError'); } });
                Object.defineProperty(Storage.prototype, 'setItem', { value() { throw new DOMException('denied', 'SecurityError'); } });
                """);
        assertThat(
                        result(
                                """
                        return Promise.all([import('./ui/last.js'), import('./ui/remember.js')]).then(([{ last, hasLesson }, { remember }]) => {
                          remember({ url: 'ws://own.test/', protocols: [] }, true);
                          return [String(last()), hasLesson()].join();
                        });
                        """))
                .isEqualTo("null,false");
    }

    private Object result(String script) {
        return Objects.requireNonNull(browser.run(script));
    }

    /** Presses the button, with a clipboard that the test can read. */
    private String copied() {
        browser.run(
                """
                globalThis.copied = null;
                Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async text => { globalThis.copied = text; } } });
                document.querySelector('#copy-link').click();
                """);
        return String.valueOf(await("the link")
                .atMost(DEADLINE)
                .until(() -> browser.run("return globalThis.copied"), Objects::nonNull));
    }

    private EchoPage open(URI address) {
        // Another fragment alone would not load the page again.
        browser.open(URI.create("about:blank"));
        return EchoPage.open(browser, address);
    }
}
