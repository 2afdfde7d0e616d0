package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What axe-core says of the page. */
@Timeout(180)
class AccessibilityIT extends ServedPage {
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    AccessibilityIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, light", "1280, 900, dark", "320, 640, light", "320, 640, dark"})
    void axeFindsNoSeriousIssue(int width, int height, String scheme) throws Exception {
        inAxe(width, height, scheme);
        for (String view : List.of("try", "wire", "dock")) {
            click("#view-" + view);
            assertThat(issues()).as(view).isEqualTo(List.of());
        }
        for (String panel : List.of("lessons", "break", "talk", "server", "help")) {
            click("#tab-" + panel);
            await().atMost(DEADLINE)
                    .until(() -> !browser.find("#" + panel + "-panel").getText().isEmpty());
            assertThat(issues()).as(panel).isEqualTo(List.of());
        }
        // Of axe itself, which draws text to compare it.
        browser.expectComplaint("willReadFrequently");
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, light", "320, 640, dark"})
    void axeFindsNoSeriousIssueInALesson(int width, int height, String scheme) throws Exception {
        inAxe(width, height, scheme);
        for (int lesson : new int[] {1, 4, 6, 15}) {
            browser.run("location.hash = '#/lesson/' + arguments[0]", lesson);
            await().atMost(DEADLINE)
                    .until(() -> browser.run("return document.querySelector('#lesson-heading')?.textContent ?? ''")
                                    instanceof String heading
                            && heading.startsWith(lesson + ". "));
            browser.run("document.querySelectorAll('#lessons details').forEach(one => { one.open = true; })");
            assertThat(issues()).as("lesson " + lesson).isEqualTo(List.of());
        }
        for (String part : List.of("Contents", "Read as a text")) {
            browser.run(
                    "[...document.querySelectorAll('#lessons button, #lessons label')].find(one => one.textContent === arguments[0]).click()",
                    part);
            assertThat(issues()).as(part).isEqualTo(List.of());
        }
        browser.expectComplaint("willReadFrequently");
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, dark", "320, 640, light"})
    void axeFindsNoSeriousIssueInAMeasurement(int width, int height, String scheme) throws Exception {
        inAxe(width, height, scheme);
        click("#view-dock");
        click("#tab-latency");
        await().atMost(DEADLINE)
                .until(() -> Boolean.TRUE.equals(
                        browser.run("return document.querySelector('#latency-panel canvas') !== null")));
        click("#latency-panel .primary");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#latency-panel").getText().matches("(?s).*[0-9.]+ ms.*"));
        click("#latency-panel .primary");
        assertThat(issues()).isEqualTo(List.of());
        browser.expectComplaint("willReadFrequently");
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, light", "1280, 900, dark", "320, 640, light"})
    void axeFindsNoSeriousIssueInADiagnosis(int width, int height, String scheme) throws Exception {
        EchoPage page = inAxe(width, height, scheme);
        click("#view-dock");
        click("#tab-break");
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelectorAll('.fault').length > 30")));
        click("[aria-label='Break it: rsv']");
        click("#view-wire");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(page.diagnosis()).contains("A frame broke the protocol"));
        click(".pane-every button");
        assertThat(issues()).as("a broken frame").isEqualTo(List.of());
        browser.run("document.querySelector('#rows .row.is-handshake').click()");
        assertThat(issues()).as("a handshake").isEqualTo(List.of());
        click("#view-try");
        page.fill("#url", "ftp://a.test/");
        click("#connect");
        assertThat(page.problem("url")).isNotEmpty();
        assertThat(issues()).as("a problem beside its field").isEqualTo(List.of());
        browser.expectComplaint("/fault/rsv");
        browser.expectComplaint("willReadFrequently");
    }

    /** The page after its story, and axe-core in it. */
    private EchoPage inAxe(int width, int height, String scheme) throws IOException {
        browser.viewport(width, height);
        browser.colours(scheme);
        EchoPage page = told();
        browser.run(resource(AXE));
        return page;
    }

    private @Nullable Object issues() {
        return browser.run(
                """
                // To preload, axe would write style sheets into the page, which its policy forbids.
                return axe.run({ preload: false }).then(({ violations }) => violations
                  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                  .map(({ id, nodes }) => id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join(' | ')));
                """);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AccessibilityIT.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
