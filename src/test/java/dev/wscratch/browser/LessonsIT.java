package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The lessons on the live page: each is done by its own buttons, against a real server, and by nothing less. */
@Timeout(120)
class LessonsIT extends ServedPage {
    /** Lessons in which the browser refuses a connection or fails one, and says so on the console. */
    private static final Set<Integer> WITH_COMPLAINTS = Set.of(4, 8, 12, 15, 17, 19);

    LessonsIT() {
        super(WscratchServer.builder().faults(true).inspector(true), 1280, 900);
    }

    @BeforeEach
    void openPage() {
        LessonPage.open(browser, page().resolve("?auto=0"));
        browser.run("localStorage.clear()");
    }

    /** By name, since lesson 19 needs a server with two. */
    private URI page() {
        return URI.create("http://localhost:" + server.port() + "/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            1  | Say Hello
            2  | Poll for 5 seconds; Let the server tell
            3  | Connect
            4  | A right answer; A wrong answer
            5  | Send “Hello”; Send “Hello”
            6  | Send a text; Send bytes
            7  | Send 125 bytes; Send 126 bytes; Send 65,535 bytes; Send 65,536 bytes
            8  | Send “é”; Send “🙂”; Partner sends ff as text
            9  | Send 00 ff 10; Send JSON
            10 | One message, three frames
            11 | Ping my browser; Ping within a message
            12 | Talk to a silent server; Be given up
            13 | close(1000, "bye"); Let the server close
            14 | close(4001); close(1006)
            15 | A reserved bit; A masked frame; Opcode 3
            15 | A ping of 126 bytes; Opcode 3; A masked frame
            16 | One byte too many; 200 pings at once
            17 | Offer cbor, then json; Be answered with another
            18 | 10 KiB to /echo; 10 KiB to /deflate
            19 | As this page’s own server; Partner, from evil.test
            """)
    void aLessonIsDoneByItsActions(int lesson, String buttons) {
        LessonPage page = LessonPage.open(browser, page(), lesson);
        Arrays.stream(buttons.split("; ")).forEach(page::press);
        page.awaitDone();
        assertThat(page.count()).isEqualTo("1 of 20 done");
        forgiveComplaints(lesson);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            4  | 1 | A right answer
            5  | 2 | Send “Hello”
            6  | 1 | Send a text; Send a text
            7  | 3 | Send 125 bytes; Send 126 bytes; Send 65,535 bytes; Send 65,535 bytes
            8  | 1 | Send “é”; Server sends broken text
            11 | 2 | Ping my browser; Ping my browser
            13 | 1 | close(1000, "bye"); close(1000, "bye")
            14 | 0 | close(1000); close(3000); close(1001)
            14 | 1 | close(4001); close(1000)
            15 | 1 | Opcode 3; Opcode 3; Opcode 3
            16 | 1 | One byte too many; One byte too many
            17 | 1 | Offer json, then cbor
            19 | 1 | As this page’s own server; Partner, without Origin
            19 | 1 | As this page’s own server; By its other name
            """)
    void aLessonIsNotDoneByLess(int lesson, int steps, String buttons) {
        LessonPage page = LessonPage.open(browser, page().resolve("?auto=0"), lesson);
        Arrays.stream(buttons.split("; ")).forEach(page::press);
        page.awaitNoMoreThan(steps);
        assertThat(page.isDone()).isFalse();
        assertThat(page.count()).isEqualTo("0 of 20 done");
        forgiveComplaints(lesson);
    }

    @Test
    void whatThePageDidByItselfCountsForTheFirstLesson() {
        LessonPage page = LessonPage.open(browser, page(), 1).awaitDone();
        assertThat(page.seen().get(0)).contains("“Hello” went up in 11 bytes").contains("81 85 ");
        assertThat(page.seen().get(1)).contains("“Hello” came down in 7").contains("81 05 48 65 6c 6c 6f");
    }

    @Test
    void moreConnectionsThanALessonHasAreNoTrouble() {
        LessonPage page = LessonPage.open(browser, page().resolve("?auto=0"), 3);
        for (int i = 0; i < 10; i++) {
            page.press("Connect");
        }
        assertThat(browser.run("return lab.rows.filter(row => row.name === 'onopen').length"))
                .isEqualTo(10L);
    }

    @Test
    void marksAndPlaceOutliveThePage() {
        LessonPage page = LessonPage.open(browser, page(), 1)
                .awaitDone()
                .press("Next")
                .awaitHeading(2)
                .press("Skip");
        page.awaitHeading(3);
        LessonPage.open(browser, page().resolve("?auto=0"));
        browser.find("#tab-lessons").click();
        page.awaitHeading(3);
        // The third was done on arrival: the page had connected by itself.
        assertThat(page.count()).isEqualTo("2 of 20 done");
    }

    @Test
    void theFastTrackHasFiveLessons() {
        LessonPage page = LessonPage.open(browser, page().resolve("?auto=0"), 1);
        browser.run("document.querySelector('#lessons [name=track][value=fast]').click()");
        assertThat(page.count()).isEqualTo("0 of 5 done");
        for (int lesson : new int[] {3, 5, 10, 13}) {
            page.press("Next").awaitHeading(lesson);
        }
        assertThat(page.text("#lessons .ways")).contains("That was the last");
    }

    @Test
    void theCourseReadsAsATextToo() {
        LessonPage page = LessonPage.open(browser, page().resolve("?auto=0"), 7).press("Read as a text");
        assertThat(browser.run("return document.querySelectorAll('#lessons .reading article').length"))
                .isEqualTo(20L);
        assertThat(page.text("#lessons .reading"))
                .contains("82 7f 00 00 00 00 00 01 00 00")
                .doesNotContain("`");
        page.press("Read as a text").awaitHeading(7);
    }

    @Test
    void aLessonIsDoneByKeysAlone() {
        LessonPage page = LessonPage.open(browser, page().resolve("?auto=0"), 5);
        browser.run("document.querySelector('#lesson-heading').focus()");
        tabTo("Send “Hello”");
        browser.focused().sendKeys(Keys.ENTER);
        page.awaitSeen(2);
        assertThat(browser.focused().getText())
                .as("focus while the action runs")
                .isEqualTo("Send “Hello”");
        browser.focused().sendKeys(Keys.SPACE);
        page.awaitDone();
        browser.run("document.querySelector('#lesson-heading').focus()");
        tabTo("Next");
        browser.focused().sendKeys(Keys.ENTER);
        page.awaitHeading(6);
        assertThat(browser.focused().getText()).isEqualTo("6. Two bytes that say everything");
        assertThat(browser.run("return location.hash")).isEqualTo("#/lesson/6");
    }

    @Test
    void theWirePaneFollowsALessonsButtonAndLeavesTheFocus() {
        LessonPage page = LessonPage.open(browser, page().resolve("?auto=0"), 5);
        browser.run("document.querySelector('#lesson-heading').focus()");
        page.press("Send “Hello”").awaitSeen(2);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(page.text("#wire .meaning")).contains("“Hello”"));
        assertThat(page.text("#wire-what")).startsWith("frame #");
        assertThat(browser.focused().getText()).startsWith("5. ");
        assertThat(browser.run("return location.hash")).isEqualTo("#/lesson/5");
        assertThat(browser.run("return document.querySelector('#lessons .standards a').target"))
                .isEqualTo("_blank");
    }

    @Test
    void everyLessonFitsANarrowScreen() {
        browser.viewport(320, 700);
        LessonPage page = LessonPage.open(browser, page().resolve("?auto=0"), 1);
        for (int lesson = 1; lesson < 20; lesson++) {
            page.awaitHeading(lesson);
            assertThat(browser.run("return document.documentElement.scrollWidth"))
                    .as("lesson " + lesson)
                    .isEqualTo(320L);
            page.press("Next");
        }
    }

    @Test
    void withoutFaultsALessonSaysWhatItsButtonsCannotDo() throws Exception {
        try (WscratchServer good =
                WscratchServer.builder().port(0).inspector(true).start()) {
            LessonPage page = LessonPage.open(browser, good.page().resolve("?auto=0"), 4);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(page.text("#lessons .missing"))
                    .contains("started without faults", "A wrong answer"));
            page.press("Next").awaitHeading(5);
            assertThat(browser.run("return document.querySelector('#lessons .missing')?.textContent ?? ''"))
                    .isEqualTo("");
        }
    }

    @Test
    void withoutTheInspectorALessonSaysWhatItCannotShow() throws Exception {
        try (WscratchServer blind = WscratchServer.builder().port(0).start()) {
            LessonPage page = LessonPage.open(browser, blind.page(), 14);
            assertThat(page.press("close(4001)")
                            .press("close(1006)")
                            .awaitDone()
                            .seen())
                    .hasSize(2);
            page.press("Next").awaitHeading(15);
            assertThat(page.text("#lessons .missing")).startsWith("This lesson is judged by frames");
        }
        // Its /inspect is not there.
        forgiveComplaints(15);
    }

    private void tabTo(String label) {
        for (int i = 0; i < 12; i++) {
            browser.focused().sendKeys(Keys.TAB);
            if (Objects.equals(browser.focused().getText(), label)) {
                return;
            }
        }
        assertThat(browser.focused().getText())
                .as("the focus within twelve steps")
                .isEqualTo(label);
    }

    private void forgiveComplaints(int lesson) {
        if (WITH_COMPLAINTS.contains(lesson)
                && browser.complaints().stream().anyMatch(complaint -> complaint.contains("WebSocket connection to"))) {
            browser.expectComplaint("WebSocket connection to");
        }
    }
}
