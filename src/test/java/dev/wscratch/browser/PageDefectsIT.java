package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the page once went wrong, each by what a person did. */
@Timeout(180)
class PageDefectsIT extends ServedPage {
    PageDefectsIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @ParameterizedTest
    @ValueSource(strings = {"url=http://", "proto=a,a"})
    void aLinkThatOpensNothingDoesNotSayThatAConnectionIsOpening(String query) {
        EchoPage page = EchoPage.open(browser, URI.create(server.page() + "?" + query));
        await().atMost(DEADLINE).until(() -> !page.problem("url").isEmpty());
        assertThat(browser.find("#story").isDisplayed()).isFalse();
        assertThat(page.state()).isEqualTo("CLOSED");
    }

    @Test
    void aSecondPressOnConnectBeforeTheFirstHasConnectedIsNoMistake() {
        EchoPage page = told().connectOrDisconnect().awaitState("CLOSED");
        browser.run("for (let i = 0; i < 2; i++) { document.querySelector('#connect').click(); }");
        page.awaitState("OPEN");
        assertThat(page.problem("url")).isEmpty();
    }

    @Test
    void aLinkToALessonShowsItOnANarrowScreenAndShowsItAgain() {
        browser.viewport(400, 800);
        EchoPage page = EchoPage.open(browser, URI.create(server.page() + "#/lesson/5"));
        await("the frame of Hello")
                .atMost(DEADLINE)
                .until(() -> Boolean.TRUE.equals(browser.run("return lab.rows.some(row => row.kind === 'frame')")));
        page.awaitState("OPEN");
        assertThat(shownPart()).isEqualTo("dock");
        browser.find("#view-try").click();
        assertThat(shownPart()).isEqualTo("try");
        browser.run(
                """
                const link = document.createElement('a');
                link.href = '#/lesson/5';
                document.querySelector('#try').append(link);
                link.click();
                link.remove();
                """);
        await().atMost(DEADLINE).until(() -> shownPart().equals("dock"));
    }

    @Test
    void linksToFramesThatNeverComeLeaveNoListenersBehind() {
        told();
        assertThat(
                        browser.run(
                                """
                        return (async () => {
                          const { subscribe } = lab;
                          let added = 0;
                          lab.subscribe = (listener) => { added++; return subscribe.call(lab, listener); };
                          for (let i = 0; i < 5; i++) {
                            const heard = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
                            location.hash = `#/frame/${900 + i}`;
                            await heard;
                          }
                          delete lab.subscribe;
                          return added;
                        })();
                        """))
                .isEqualTo(0L);
    }

    @Test
    void whenTheServersViewIsLostAndComesBackThePageSaysWhatIsNotSeen() {
        EchoPage page = told();
        browser.run("location.hash = '#/lesson/5'");
        await().atMost(DEADLINE).until(() -> has("#lessons .lesson") && !has("#lessons .missing"));
        // Whoever watches the same lab takes the view over; it ends when that one goes.
        browser.run(
                """
                return new Promise((resolve) => {
                  lab.onwatching(resolve);
                  const lost = new WebSocket(lab.url('inspect'), 'wscratch.inspect.v1');
                  const mark = new URL(lab.socket().url).searchParams.get('lab').split('.')[0];
                  lost.onopen = () => lost.send(JSON.stringify({ type: 'watch', lab: mark }));
                });
                """);
        await().atMost(DEADLINE).until(() -> notSeen().contains("connect again") && has("#lessons .missing"));
        browser.run("return lab.watch().then(() => null)");
        assertThat(notSeen()).contains("connect again");
        assertThat(has("#lessons .missing")).isFalse();
        page.tab("ping");
        browser.find("#ping-form .primary").click();
        await().atMost(DEADLINE).until(() -> page.problem("ping").contains("connect again"));
        page.connectOrDisconnect().awaitState("CLOSED").connectOrDisconnect().awaitState("OPEN");
        await().atMost(DEADLINE).until(() -> notSeen().isEmpty());
    }

    @Test
    void aServerThatEndsWhileLatencyIsMeasuredGivesTheButtonBackAndIsSaid() throws Exception {
        try (WscratchServer ending = onLoopback(WscratchServer.builder())) {
            EchoPage.open(browser, ending.page()).awaitMessage("Hello");
            click("#tab-latency");
            await().atMost(DEADLINE)
                    .until(() -> Boolean.TRUE.equals(
                            browser.run("return document.querySelector('#latency-panel canvas') !== null")));
            click("#latency-panel .primary");
            await().atMost(DEADLINE)
                    .until(() -> browser.find("#latency-panel .fact").getText().contains("round trips"));
        }
        await().atMost(DEADLINE)
                .until(() -> browser.find("#latency-panel .problem").getText().contains("ended with"));
        assertThat(List.of(
                        browser.find("#latency-panel .primary").getText(),
                        browser.find("#latency-panel .primary").isEnabled()))
                .isEqualTo(List.of("Measure", true));
    }

    @Test
    void faultsThatWereNotThereAreAskedForAgain() {
        told();
        browser.run("lab.watch = async () => null");
        click("#tab-break");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#break-panel").getText().contains("does not misbehave"));
        browser.run("delete lab.watch");
        click("#tab-server");
        click("#tab-break");
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelectorAll('.fault').length > 30")));
    }

    private String shownPart() {
        return String.valueOf(browser.run("return document.documentElement.dataset.view"));
    }

    private boolean has(String selector) {
        return Boolean.TRUE.equals(browser.run("return document.querySelector(arguments[0]) !== null", selector));
    }

    private String notSeen() {
        return browser.find("#not-seen").getText();
    }
}
