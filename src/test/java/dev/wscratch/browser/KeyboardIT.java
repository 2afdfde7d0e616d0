package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/**
 * The page without a mouse: every key goes to what has the focus, which must be somewhere, and to be seen, after each of
 * them.
 */
@Timeout(180)
class KeyboardIT extends ServedPage {
    /** More stops than the whole page has. */
    private static final int MOST_STOPS = 90;

    /** What is wrong with the focus, or nothing. */
    private static final String COMPLAINT =
            """
            const focused = document.activeElement;
            const name = `${focused?.tagName} #${focused?.id} “${focused?.textContent.slice(0, 40)}”`;
            if (!focused || focused === document.body) {
              return 'the focus is lost to the body';
            }
            const seen = focused.matches('.file input') ? focused.previousElementSibling : focused;
            const { outlineStyle, outlineWidth, visibility } = getComputedStyle(seen);
            if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || visibility !== 'visible') {
              return `no outline on ${name}: ${outlineStyle} ${outlineWidth}`;
            }
            const { top, bottom, left, right, width, height } = seen.getBoundingClientRect();
            if (width * height === 0 || bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) {
              return `out of view: ${name}`;
            }
            return '';
            """;

    KeyboardIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @Test
    void tabAndArrowsReachEachStepOfAConnectionsLife() {
        EchoPage page = quietPage();
        tabTo("url");
        press(Keys.ENTER);
        page.awaitState("OPEN");
        tabTo("tab-text");
        press(Keys.ARROW_RIGHT);
        press(Keys.ARROW_RIGHT);
        assertThat(focusedId()).isEqualTo("tab-binary");
        tabTo("hex");
        type("00 ff 10");
        press(Keys.ENTER);
        page.awaitRow("onmessage", "00 ff 10");
        press(Keys.chord(Keys.SHIFT, Keys.TAB));
        press(Keys.HOME);
        tabTo("message");
        type("xor");
        press(Keys.ENTER);
        page.awaitMessage("xor");
        press(Keys.chord(Keys.SHIFT, Keys.TAB));
        press(Keys.END);
        tabTo("code");
        tabTo("reason");
        type("bye");
        press(Keys.TAB);
        press(Keys.TAB);
        press(Keys.ENTER);
        assertThat(page.awaitEnd().text()).startsWith("code 1000, ");
    }

    @Test
    void theTimelineIsWalkedFilteredAndHeld() {
        EchoPage page = told();
        press("t");
        assertThat(focusedId()).isEqualTo("log");
        press(Keys.HOME);
        assertThat(focusedText()).contains("new WebSocket");
        press(Keys.ARROW_DOWN);
        assertThat(focusedText()).contains("handshake");
        press(Keys.END);
        assertThat(focusedText()).contains("onmessage");
        press(Keys.ARROW_UP);
        assertThat(focusedText()).contains("7 B");
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> assertThat(browser.find("#wire-what").getText()).isEqualTo("frame #2 ↓ server → you"));
        backTo("query");
        type("Hello");
        press(Keys.ARROW_LEFT);
        assertThat(focusedId()).isEqualTo("query");
        for (int i = 0; i < 5; i++) {
            press(Keys.chord(Keys.SHIFT, Keys.TAB));
        }
        press(Keys.TAB);
        assertThat(focusedText()).isEqualTo("Sent");
        press(Keys.SPACE);
        await().atMost(DEADLINE)
                .until(() -> page.rows().size() == 2
                        && page.rows().stream()
                                .allMatch(row ->
                                        row.name().equals("send") || row.tone().equals("sent")));
        press("p");
        assertThat(browser.find("#pause").getDomAttribute("aria-pressed")).isEqualTo("true");
        press("m");
        press(Keys.ENTER);
        await().atMost(DEADLINE).until(() -> browser.find("#newest").isDisplayed());
        tabTo("newest");
        press(Keys.ENTER);
        await().atMost(DEADLINE).until(() -> page.rows().size() == 4);
        assertFocusIsSeen("after the jump to the newest row");
    }

    @Test
    void aRowThatScrollsAwayLeavesTheFocusInTheTimeline() {
        EchoPage page = told();
        press("t");
        press(Keys.END);
        assertThat(focusedText()).contains("onmessage");
        browser.run("for (let i = 0; i < 200; i++) { lab.sent('row ' + i, 'A'); }");
        page.awaitRow("the newest row", row -> row.text().contains("row 199"));
        assertFocusIsSeen("after the focused row went out of view");
        press(Keys.END);
        assertThat(focusedText()).contains("row 199");
        browser.run("lab.clear()");
        await().atMost(DEADLINE).until(() -> page.rows().isEmpty());
        assertFocusIsSeen("after the focused row was cleared");
    }

    @Test
    void theBytesOfAFrameAreWalkedPinnedAndUnmasked() {
        told();
        press("w");
        assertThat(focusedLabel()).startsWith("byte 0: 81");
        press(Keys.ARROW_RIGHT);
        press(Keys.ARROW_RIGHT);
        assertThat(focusedLabel()).startsWith("byte 2: ").contains("masking key");
        press(Keys.ENTER);
        assertThat(browser.run("return location.hash")).isEqualTo("#/frame/1/byte/2");
        press(Keys.END);
        assertThat(focusedLabel()).startsWith("byte 10: ").contains("'o'");
        for (int i = 0; i < 4; i++) {
            press(Keys.ARROW_LEFT);
        }
        tabToText("Step ▶");
        for (int step = 1; step <= 4; step++) {
            press(Keys.ENTER);
            assertThat(browser.find(".xor-line:last-child").getText())
                    .contains("plain: '" + "Hello".charAt(step) + "'");
        }
        assertThat(focusedText())
                .as("the way back, where there is no next step")
                .isEqualTo("◀ Back");
        tabToText("JS");
        press(Keys.ARROW_RIGHT);
        assertThat(focusedText()).isEqualTo("Java");
        assertThat(browser.find(".same-code").getText()).isEqualTo("socket.send(\"Hello\");");
        tabToText("Copy");
        press(Keys.ENTER);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        browser.find(".same-head [role=status]").getText())
                .matches("Copied|Selected.*"));
    }

    @Test
    void theDockIsOpenedReadAndClosed() {
        told();
        tabTo("tab-lessons");
        press(Keys.ENTER);
        await().atMost(DEADLINE).until(() -> browser.find("#lessons-panel").isDisplayed());
        for (String tab : new String[] {"break", "talk", "latency", "server", "help"}) {
            press(Keys.ARROW_RIGHT);
            assertThat(focusedId()).isEqualTo("tab-" + tab);
            await(tab)
                    .atMost(DEADLINE)
                    .until(() -> !browser.find("#" + tab + "-panel").getText().isEmpty());
        }
        press(Keys.ARROW_LEFT);
        tabToText("Refresh");
        press(Keys.ENTER);
        assertThat(focusedText()).isEqualTo("Refresh");
        backTo("dock-size");
        press(Keys.ENTER);
        assertThat(focusedId()).isEqualTo("tab-server");
        assertThat(browser.find("#server-panel").isDisplayed()).isFalse();
        press("?");
        assertThat(browser.find("#help-panel").isDisplayed()).isTrue();
    }

    @Test
    void aLessonIsDoneFromTheFirstKeyOn() {
        EchoPage page = quietPage();
        browser.run("localStorage.clear()");
        press("n");
        await().atMost(DEADLINE).until(() -> "lesson-heading".equals(focusedId()));
        assertThat(focusedText()).startsWith("1. ");
        tabToText("Say Hello");
        press(Keys.ENTER);
        page.awaitMessage("Hello");
        await().atMost(DEADLINE).until(() -> browser.find("#lessons .after").isDisplayed());
        assertThat(focusedText()).isEqualTo("Say Hello");
        press("n");
        await().atMost(DEADLINE).until(() -> focusedText().startsWith("2. "));
        assertFocusIsSeen("on the next lesson");
    }

    @Test
    void aFaultIsBrokenAndItsGuiltyFrameShown() {
        EchoPage page = quietPage();
        tabTo("tab-lessons");
        press(Keys.ENTER);
        press(Keys.ARROW_RIGHT);
        await().atMost(DEADLINE)
                .until(() -> browser.find("#break-panel").getText().contains("rsv"));
        tabToLabel("Find a fault");
        type("rsv");
        tabToLabel("Break it: rsv");
        press(Keys.ENTER);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(page.diagnosis()).contains("A frame broke the protocol"));
        press("t");
        press(Keys.HOME);
        go(
                Keys.TAB,
                "the guilty frame",
                "return document.activeElement.matches('button') && document.activeElement.textContent.startsWith(arguments[0])",
                "Show frame #",
                20);
        press(Keys.ENTER);
        await().atMost(DEADLINE).until(() -> browser.find(".pane-violation").isDisplayed());
        assertFocusIsSeen("after the way to the guilty frame was taken");
        browser.expectComplaint("/fault/rsv");
    }

    @Test
    void onANarrowScreenTheKeysOpenThePartsToo() {
        browser.viewport(320, 640);
        told();
        press("t");
        assertThat(browser.find("#try").isDisplayed()).isTrue();
        press(Keys.HOME);
        press(Keys.ARROW_DOWN);
        assertThat(focusedText()).as("the second row, reached in two steps").contains("handshake");
        press(Keys.ENTER);
        await().atMost(DEADLINE).until(() -> browser.find("#wire").isDisplayed());
        assertFocusIsSeen("after Enter on a row");
        press("w");
        press("?");
        assertThat(browser.find("#help-panel").isDisplayed()).isTrue();
        press("m");
        assertThat(focusedId()).isEqualTo("message");
    }

    private EchoPage quietPage() {
        return EchoPage.open(browser, server.page().resolve("?auto=0"));
    }

    /** One key, or keys at once; then the focus must be seen. */
    private void press(CharSequence keys) {
        browser.press(keys);
        assertFocusIsSeen("after a key");
    }

    /** In place of what the field holds. */
    private void type(String text) {
        browser.press(Keys.chord(Keys.CONTROL, "a"));
        browser.press(text);
    }

    private void tabTo(String id) {
        go(Keys.TAB, "id " + id, "return document.activeElement.id === arguments[0]", id, MOST_STOPS);
    }

    private void backTo(String id) {
        go(Keys.chord(Keys.SHIFT, Keys.TAB), "id " + id, "return document.activeElement.id === arguments[0]", id, 20);
    }

    private void tabToText(String text) {
        go(Keys.TAB, text, "return document.activeElement.textContent === arguments[0]", text, MOST_STOPS);
    }

    private void tabToLabel(String label) {
        go(
                Keys.TAB,
                label,
                "return document.activeElement.getAttribute('aria-label') === arguments[0]",
                label,
                MOST_STOPS);
    }

    private void go(CharSequence key, String where, String there, String argument, int most) {
        for (int stop = 0; stop < most; stop++) {
            press(key);
            if (Boolean.TRUE.equals(browser.run(there, argument))) {
                return;
            }
        }
        throw new AssertionError(
                "no way to " + where + " in " + most + " steps; the focus is on " + focusedLabel() + focusedText());
    }

    private String focusedId() {
        return String.valueOf(browser.run("return document.activeElement.id"));
    }

    private String focusedText() {
        return String.valueOf(browser.run("return document.activeElement.textContent"));
    }

    private String focusedLabel() {
        return String.valueOf(browser.run("return document.activeElement.getAttribute('aria-label')"));
    }

    /** On an element that is drawn, in view, and has an outline of its own or around it. */
    private void assertFocusIsSeen(String when) {
        await("a focus that is to be seen " + when)
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(browser.run(COMPLAINT)).isEqualTo(""));
    }
}
