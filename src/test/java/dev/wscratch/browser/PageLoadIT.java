package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page costs: to load, and under many frames. */
@Timeout(180)
class PageLoadIT extends ServedPage {
    PageLoadIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @Test
    void tenThousandFramesDoNotFreezeThePageAndOldRowsGo() {
        EchoPage page = told();
        browser.run(
                """
                window.heard = { rows: lab.rows.length, frames: 0 };
                lab.subscribe(({ kind, frames }) => {
                  heard.rows += kind === 'update' ? 0 : 1;
                  heard.frames += { frame: 1, lost: frames }[kind] ?? 0;
                });
                window.longest = 0;
                let last = performance.now();
                const tick = () => {
                  window.longest = Math.max(window.longest, performance.now() - last);
                  last = performance.now();
                  requestAnimationFrame(tick);
                };
                requestAnimationFrame(tick);
                let sent = 0;
                const timer = setInterval(() => {
                  for (let i = 0; i < 10 && sent < 5500; i++) {
                    lab.send(String(++sent));
                  }
                  if (sent === 5500) {
                    clearInterval(timer);
                  }
                }, 10);
                """);
        await().atMost(Duration.ofSeconds(90))
                .until(() -> Boolean.TRUE.equals(browser.run(
                        "return lab.rows.some(row => row.name === 'onmessage' && row.detail.data === '5500')")));
        // A page that is too slow is told how many frames it missed.
        await().atMost(DEADLINE).until(() -> Objects.equals(browser.run("return heard.frames"), 11_000L));
        browser.run("for (let i = 0; i < 10000; i++) { lab.sent('more rows', 'A'); }");
        await().atMost(DEADLINE)
                .until(() -> page.rows().stream().anyMatch(row -> row.text().contains("more rows")));
        assertThat(page.rows()).hasSizeLessThan(60);
        assertThat(browser.run("return [lab.rows.length, lab.dropped + lab.rows.length === heard.rows]"))
                .isEqualTo(List.of(20_000L, true));
        assertThat(browser.find("#log-note").getText()).matches("20,000 rows; [0-9,]+ older ones are gone");
        assertThat(((Number) Objects.requireNonNull(browser.run("return window.longest"))).doubleValue())
                .as("longest time without a frame of animation, in ms")
                .isLessThan(3000);
    }

    @Test
    void theFirstLoadIsSmall() throws Exception {
        told();
        List<?> loaded = (List<?>)
                Objects.requireNonNull(
                        // What is prepared for later comes behind the story.
                        browser.run(
                                """
                        const all = performance.getEntriesByType('resource');
                        const later = all.filter(({ name }) => /\\/ui\\/(diagnosis|detail)\\.js$/.test(name));
                        const end = Math.min(lab.rows[6].at - performance.timeOrigin, ...later.map(({ startTime }) => startTime));
                        return all.filter(({ startTime }) => startTime < end).map(({ name }) => name);
                        """));
        long scripts = 0;
        long all = gzipped(server.page());
        for (Object name : loaded) {
            long size = gzipped(URI.create(String.valueOf(name)));
            all += size;
            scripts += String.valueOf(name).endsWith(".js") ? size : 0;
        }
        assertThat(loaded)
                .allMatch(name -> String.valueOf(name).startsWith(server.page().toString()));
        assertThat(scripts).as("bytes of JavaScript, gzipped").isLessThanOrEqualTo(60 * 1024);
        assertThat(all).as("bytes of the first load, gzipped").isLessThan(100_000);
    }

    private static long gzipped(URI address) {
        try (InputStream in = address.toURL().openStream()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                in.transferTo(gzip);
            }
            return bytes.size();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot load " + address, e);
        }
    }
}
