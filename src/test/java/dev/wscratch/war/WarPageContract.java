package dev.wscratch.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.wscratch.browser.Browser;
import dev.wscratch.browser.EchoPage;
import dev.wscratch.browser.EchoPage.Row;
import dev.wscratch.browser.LessonPage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page from an app server, where frames cannot be seen: it says so, and the rest of it works. */
@Timeout(120)
abstract class WarPageContract extends DeployedWar {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Lessons that are judged by what the page itself is told. */
    private static final Set<Integer> WITHOUT_FRAMES = Set.of(2, 14, 20);

    private Browser browser;

    WarPageContract() {
        super(Map.of());
    }

    @BeforeEach
    void startBrowser() {
        if (browser == null) {
            browser = Browser.start();
        }
    }

    @AfterEach
    void noComplaint() {
        if (browser != null) {
            browser.assertNoComplaint();
        }
    }

    @AfterAll
    void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void thePageSaysThatItSeesNoFramesAndShowsEventsAndMessages() {
        EchoPage page = page("").awaitState("OPEN");
        page.awaitMessage("Hello");
        assertThat(browser.find("#story-text").getText())
                .isEqualTo(
                        "You sent 5 letters. This server does not show its side, so here you see messages, and no frames.");
        assertThat(page.rows())
                .extracting(Row::kind, Row::name)
                .containsExactly(
                        tuple("event", "new WebSocket"),
                        tuple("event", "onopen"),
                        tuple("event", "send"),
                        tuple("event", "onmessage"));
        assertThat(page.explanation("onmessage")).contains("Hello");
        assertThat(browser.find("#count-up").getText()
                        + browser.find("#count-down").getText())
                .isEqualTo("11");
        page.tab("server");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(browser.find("#server-panel").getText())
                        .contains("cannot be seen below this app server"));
        page.tab("break");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(browser.find("#break-panel").getText())
                        .contains("This server does not misbehave on request"));
    }

    @Test
    void eachTabOfTheComposerWorks() {
        EchoPage page = page("?auto=0").connectOrDisconnect().awaitState("OPEN");
        page.send("grü 🙂").awaitMessage("grü 🙂");
        page.tab("json").fill("#json", "[1, 2]");
        browser.find("#json-form .primary").click();
        page.awaitMessage("[1, 2]");
        page.sendBinary("00 ff 10").awaitRow("onmessage", "00 ff 10");
        page.tab("ping");
        browser.find("#ping-form .primary").click();
        page.tab("fragments").fill("#fragments-text", "in pieces");
        browser.find("#fragments-form .primary").click();
        page.awaitMessage("in pieces");
        assertThat(page.problem("ping") + page.problem("fragments")).isEmpty();
        page.tab("close");
        browser.find("#close-form [value=server]").click();
        page.fill("#code", "4002").fill("#reason", "so long");
        browser.find("#close-form .primary").click();
        assertThat(page.awaitEnd().text()).isEqualTo("code 4002, reason \"so long\", wasClean true");
        assertThat(page.rows()).extracting(Row::kind).containsOnly("event");
    }

    @Test
    void eachLessonThatNeedsFramesSaysSo() {
        page("?auto=0");
        for (int lesson = 1; lesson <= 20; lesson++) {
            browser.run("location.hash = '#/lesson/' + arguments[0]", lesson);
            String heading = lesson + ". ";
            await(heading)
                    .atMost(DEADLINE)
                    .until(() -> browser.find("#lesson-heading").getText().startsWith(heading));
            String missing = String.valueOf(
                    browser.run("return document.querySelector('#lessons .missing')?.textContent ?? ''"));
            assertThat(missing.startsWith("This lesson is judged by frames"))
                    .as("lesson " + lesson + ": " + missing)
                    .isEqualTo(!WITHOUT_FRAMES.contains(lesson));
        }
    }

    @Test
    void lessonsThatNeedNoFramesAreDone() {
        LessonPage lesson = LessonPage.open(browser, server().page("/wscratch/?auto=0"), 14)
                .press("close(4001)")
                .press("close(1006)")
                .awaitDone();
        assertThat(lesson.count()).isEqualTo("1 of 20 done");
        LessonPage polling = LessonPage.open(browser, server().page("/wscratch/?auto=0"), 2);
        assertThat(polling.text("#lessons .missing"))
                .startsWith("This lesson asks /poll")
                .contains("has none");
        polling.press("Let the server tell").awaitSeen(1);
    }

    private EchoPage page(String query) {
        return EchoPage.open(browser, server().page("/wscratch/" + query));
    }
}
