package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Latency tab: what is measured, drawn and said. */
@Timeout(120)
class LatencyPanelIT extends ServedPage {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String PANEL = "#latency-panel";

    LatencyPanelIT() {
        super(WscratchServer.builder().inspector(true), 1280, 900);
    }

    @Test
    void percentilesAreNearestRanksAndThoseOfFewAreTheLongest() {
        EchoPage.open(browser, server.page());
        assertThat(
                        browser.run(
                                """
                        return import('./latency/figures.js').then(({ figuresOf, figuresByLength, lengthInWords }) => {
                          const trips = Array.from({ length: 200 }, (_, at) => ({ at, rtt: 200 - at, bytes: at % 2 ? 16 : 1024 }));
                          const { count, p50, p99, longest } = figuresOf(trips);
                          const few = figuresOf(trips.slice(0, 99));
                          return [[count, p50, p99, longest].join(), [few.p99, few.longest].join(),
                            figuresByLength(trips).map(({ bytes, count }) => `${bytes}:${count}`).join(),
                            [1, 1023, 1024, 1536, 1048576].map(lengthInWords).join()];
                        });
                        """))
                .isEqualTo(List.of("200,100,198,200", "200,200", "16:100,1024:100", "1 B,1023 B,1 KiB,1.5 KiB,1 MiB"));
    }

    @Test
    void aMeasurementIsDrawnAndSaidInFiguresAndStopsWhenAsked() {
        openPanel();
        press("Measure");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(text(".fact"))
                .matches("[1-9][0-9]* round trips · p50 [0-9.]+ ms · p99 [0-9.]+ ms · longest [0-9.]+ ms"));
        press("Stop");
        assertThat(text("tbody")).startsWith("16 B, by time");
        assertThat(text("[role=status]")).isEqualTo(text(".fact"));
        assertThat(drawn(0)).as("colours on the chart by time").isGreaterThan(3);
        assertThat(browser.run("return lab.rows.filter(row => row.kind === 'frame').length"))
                .as("frames in the timeline: the page's own Hello alone")
                .isEqualTo(2L);
    }

    @Test
    void eachLengthUpToTheLongestMessageIsTried() {
        openPanel();
        press("Try sizes");
        await().atMost(DEADLINE)
                .until(
                        () -> text("tbody").contains("1 MiB 8 ")
                                && Boolean.TRUE.equals(
                                        browser.run(
                                                "return document.querySelector('#latency-panel .primary').textContent === 'Measure' && !document.querySelector('#latency-panel .primary').disabled")));
        assertThat(text("tbody").lines().map(line -> line.replaceAll(" [0-9.]+ ms", "")))
                .containsExactly(
                        "1 B 8",
                        "16 B 8",
                        "256 B 8",
                        "1 KiB 8",
                        "4 KiB 8",
                        "16 KiB 8",
                        "64 KiB 8",
                        "256 KiB 8",
                        "1 MiB 8");
        assertThat(drawn(1)).as("colours on the chart by length").isGreaterThan(3);
    }

    @Test
    void whatIsMeasuredIsExplained() {
        openPanel();
        browser.find(PANEL + " summary").click();
        assertThat(text("details")).contains("event loop", "both kernels", "coordinated omission", "wscratch bench");
    }

    private void openPanel() {
        EchoPage page = EchoPage.open(browser, server.page());
        page.awaitMessage("Hello");
        page.tab("latency");
        await().atMost(DEADLINE)
                .until(() -> Boolean.TRUE.equals(
                        browser.run("return document.querySelectorAll('#latency-panel canvas').length === 2")));
    }

    private void press(String name) {
        browser.run(
                """
                const buttons = Array.from(document.querySelectorAll('#latency-panel button'));
                buttons.find(one => one.textContent === arguments[0]).click();
                """,
                name);
    }

    private String text(String part) {
        return String.valueOf(
                        browser.run("return document.querySelector('#latency-panel ' + arguments[0]).innerText", part))
                .replace("\t", " ");
    }

    private long drawn(int chart) {
        Object colours = browser.run(
                """
                const canvas = document.querySelectorAll('#latency-panel canvas')[arguments[0]];
                const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
                return new Set(pixels).size;
                """,
                chart);
        return ((Number) colours).longValue();
    }
}
