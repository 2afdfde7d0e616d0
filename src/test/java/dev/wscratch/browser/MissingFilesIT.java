package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page when a part of it does not load: it says so, offers to try again, and does what it can meanwhile. */
@Timeout(120)
class MissingFilesIT extends ServedPage {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    MissingFilesIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @AfterEach
    void letEverythingThrough() {
        browser.block(List.of());
    }

    @Test
    void withoutTheWordsTheBytesAreShownUnexplainedUntilTheyCome() {
        browser.block(List.of("*words.json"));
        EchoPage page = EchoPage.open(browser, server.page());
        page.awaitMessage("Hello");
        assertThat(browser.find("#words-problem").getText())
                .contains("The words that explain the bytes did not load")
                .contains("Retry");
        await().atMost(DEADLINE).until(() -> browser.find("#detail").getText().contains("81 85"));
        page.tab("close");
        page.fill("#code", "1006");
        browser.find("#close-form .primary").click();
        assertThat(page.problem("code")).startsWith("The browser lets a page send only 1000 or 3000–4999.");
        browser.block(List.of());
        browser.find("#words-problem button").click();
        await().atMost(DEADLINE)
                .until(() -> browser.find("#wire").getText().contains("A text message, complete in this frame"));
        assertThat(browser.find("#words-problem").getText()).isEmpty();
        browser.expectComplaint("retry.js");
    }

    @Test
    void withoutTheLessonsTheOtherPartsWorkAndRetryBringsThem() {
        EchoPage page = EchoPage.open(browser, server.page());
        page.awaitMessage("Hello");
        browser.block(List.of("*lessons.json"));
        page.tab("lessons");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(browser.find("#lessons-panel").getText())
                        .contains("The lessons did not load", "Retry"));
        page.send("still here").awaitMessage("still here");
        browser.find("#lessons-panel .not-loaded button").click();
        await().atMost(DEADLINE)
                .until(() -> browser.find("#lessons-panel .not-loaded").isDisplayed());
        browser.block(List.of());
        browser.find("#lessons-panel .not-loaded button").click();
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelector('#lesson-heading') !== null")));
        assertThat(browser.run("return document.querySelector('#lessons-panel .not-loaded')"))
                .isNull();
        browser.expectComplaint("retry.js");
    }
}
