package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.browser.EchoPage.Row;
import dev.wscratch.server.WscratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the timeline shows of all that happened. */
@Timeout(180)
class TimelineIT extends ServedPage {
    TimelineIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @Test
    void theTimelineIsFilteredByKindAndByTextAndByExpression() {
        EchoPage page = told().send("apple").send("banana");
        page.awaitMessage("banana");
        click("#filters button:nth-child(2)");
        awaitRows(page, row -> row.tone().equals("sent") || row.name().equals("send"));
        click("#filters button:nth-child(3)");
        awaitRows(page, row -> row.tone().equals("received") || row.name().equals("onmessage"));
        click("#filters button:nth-child(4)");
        await().atMost(DEADLINE).until(() -> page.rows().isEmpty());
        page.tab("ping");
        browser.find("#ping-form .primary").click();
        page.awaitRow("pong", "\"are you there?\"");
        awaitRows(page, row -> List.of("ping", "pong").contains(row.name()));
        click("#filters button:nth-child(5)");
        awaitRows(page, row -> !row.kind().equals("frame"));
        click("#filters button:nth-child(1)");
        page.fill("#query", "APPLE");
        awaitRows(page, row -> row.text().contains("apple"));
        page.fill("#query", "/b(an)+a/");
        awaitRows(page, row -> row.text().contains("banana"));
        page.fill("#query", "/(/");
        assertThat(page.problem("query")).startsWith("/(/ is no regular expression");
    }

    @Test
    void repeatedPingsAndPongsAreOneLineThatOpens() {
        EchoPage page = told().tab("ping");
        for (int i = 1; i <= 3; i++) {
            browser.find("#ping-form .primary").click();
        }
        Row folded = page.awaitRow("ping/pong", "×3");
        assertThat(folded.size()).isEmpty();
        assertThat(page.frames()).noneMatch(row -> row.name().equals("ping"));
        click("#rows [aria-expanded=false]");
        await().atMost(DEADLINE)
                .until(() -> page.frames().stream()
                                .filter(row -> row.name().equals("pong"))
                                .count()
                        == 3);
    }

    @Test
    void pausedTheTimelineStandsStillAndClearedItIsEmpty() {
        EchoPage page = told();
        browser.find("#pause").click();
        page.send("unseen");
        await().atMost(DEADLINE).until(() -> browser.find("#newest").getText().matches("[1-9].* new ↓"));
        assertThat(page.rows()).noneMatch(row -> row.text().contains("unseen"));
        browser.find("#pause").click();
        page.awaitMessage("unseen");
        browser.find("#clear").click();
        await().atMost(DEADLINE).until(() -> page.rows().isEmpty());
    }

    @Test
    void theTimelineIsExportedWithItsBytes() {
        told();
        assertThat(
                        browser.run(
                                """
                        return import('./ui/exporting.js').then(({ exportJson }) => {
                          const { rows, watching } = JSON.parse(exportJson(lab));
                          const frame = rows.find(row => row.kind === 'frame');
                          return [rows.length, frame.bytes.slice(0, 5), frame.frame.opcode, watching.frames];
                        });
                        """))
                .isEqualTo(List.of(7L, "81 85", 1L, true));
    }

    @Test
    void theExportIsAFile(@TempDir Path folder) throws Exception {
        told();
        browser.downloadTo(folder);
        browser.find("#export").click();
        // While it is written it has another name.
        Path file = await().atMost(DEADLINE)
                .until(
                        () -> {
                            try (Stream<Path> files = Files.list(folder)) {
                                return files.filter(one -> one.toString().endsWith(".json"))
                                        .findFirst();
                            }
                        },
                        Optional::isPresent)
                .orElseThrow();
        assertThat(file.getFileName().toString()).startsWith("wscratch-20");
        assertThat(Files.readString(file))
                .contains("\"kind\": \"handshake\"", "\"bytes\": \"81 05 48 65 6c 6c 6f\"", "\"opcode\": 1")
                .contains("\"name\": \"onmessage\"", "\"page\": \"" + server.page());
    }

    private static void awaitRows(EchoPage page, Predicate<Row> all) {
        await().atMost(DEADLINE)
                .until(() -> !page.rows().isEmpty() && page.rows().stream().allMatch(all));
    }
}
