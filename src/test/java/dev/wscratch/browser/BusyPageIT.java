package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page under a steady load, and after a long one: it goes on drawing and hearing, and keeps no more than it may. */
@Timeout(240)
class BusyPageIT extends ServedPage {
    private static final int MEBIBYTE = 1024 * 1024;

    /** How much more the page may hold after as much again as made it full. */
    private static final long MOST_GROWTH = 8 * MEBIBYTE;

    /** Of 20,000 rows with short frames. */
    private static final long MOST_HEAP = 64 * MEBIBYTE;

    BusyPageIT() {
        super(WscratchServer.builder().inspector(true), 1280, 900);
    }

    /** 500 messages and their echoes, paced by a clock; a sender that was late makes up for it. */
    private static final String STEADY =
            """
            window.busy = { sent: 0, frames: 0, rows: 0, drawn: 0, drawnAt: [], mostInDocument: 0, stop: false };
            lab.subscribe(({ kind, frames }) => {
              busy.frames += { frame: 1, lost: frames }[kind] ?? 0;
              if (kind !== 'update' && ++busy.rows % 4000 === 0) {
                busy.drawnAt.push(busy.drawn);
              }
            });
            const tick = () => {
              busy.drawn++;
              busy.mostInDocument = Math.max(busy.mostInDocument, document.querySelectorAll('#rows .row').length);
              requestAnimationFrame(tick);
            };
            requestAnimationFrame(tick);
            const start = performance.now();
            const timer = setInterval(() => {
              while (busy.sent < (performance.now() - start) / 2) {
                lab.send(`message ${++busy.sent}`);
              }
              if (busy.stop) {
                clearInterval(timer);
              }
            }, 10);
            """;

    @Test
    void aThousandFramesASecondAreDrawnAndLeaveThePageToItsReader() {
        EchoPage page = told();
        browser.run(STEADY);
        for (String typed : List.of("typed", "while frames", "come and go")) {
            long before = number("return busy.frames");
            page.fill("#message", typed);
            assertThat(browser.find("#message").getDomProperty("value")).isEqualTo(typed);
            await("frames after " + typed).atMost(DEADLINE).until(() -> number("return busy.frames") > before + 1000);
        }
        click("#filters button:nth-child(4)");
        await("the filter").atMost(DEADLINE).until(() -> page.frames().isEmpty());
        click("#filters button:nth-child(1)");
        await().atMost(DEADLINE).until(() -> number("return busy.sent") >= 6000);
        browser.run("busy.stop = true");
        await("every frame, or its loss")
                .atMost(DEADLINE)
                .until(() -> number("return busy.frames") == 2 * number("return busy.sent"));
        assertThat((List<?>) browser.run("return busy.drawnAt.filter((drawn, i, all) => drawn === all[i - 1])"))
                .as("times at which 4,000 rows came and nothing was drawn")
                .isEmpty();
        assertThat(number("return busy.mostInDocument"))
                .as("rows in the document")
                .isLessThan(60);
    }

    /** The pings of an hour at the preset interval, and so many messages, never more than a few hundred under way. */
    private static final String HOUR =
            """
            const [pings, messages] = arguments;
            window.hour = 'under way';
            (async () => {
              for (let i = 0; i < pings; i++) {
                await lab.ask({ type: 'ping', connection: lab.connectionOf('A'), payload: '' });
                // More than 100 pongs in a second would be a flood to the server.
                await new Promise(resolve => setTimeout(resolve, 15));
              }
              const socket = lab.socket('A');
              let sent = 0;
              let echoed = 0;
              await new Promise(resolve => {
                const more = () => {
                  while (sent < messages && sent - echoed < 400) {
                    lab.send(`message ${++sent}`);
                  }
                };
                const heard = () => {
                  echoed++;
                  if (echoed === messages) {
                    socket.removeEventListener('message', heard);
                    resolve();
                  } else if (echoed % 200 === 0) {
                    more();
                  }
                };
                socket.addEventListener('message', heard);
                more();
              });
            })().then(() => { window.hour = 'over'; }, (problem) => { window.hour = problem.message; });
            """;

    @Test
    void anHourOfPingsAndFiftyThousandMessagesLeaveNoMoreThanTheBound() {
        browser.open(URI.create("about:blank"));
        EchoPage.open(browser, server.page().resolve("#/lesson/5")).awaitMessage("Hello");
        Browser.Held full = afterAnHour();
        assertThat(browser.run("return lab.rows.length")).isEqualTo(20_000L);
        assertThat(full.heap()).as("bytes of the heap, full").isLessThan(MOST_HEAP);
        Browser.Held later = afterAnHour();
        assertThat(browser.run("return lab.rows.length")).isEqualTo(20_000L);
        assertThat(later.heap())
                .as("bytes of the heap, an hour later; before: " + full)
                .isLessThan(full.heap() + MOST_GROWTH);
        assertThat(later.nodes()).as("nodes; before: " + full).isLessThan(full.nodes() + 500);
        assertThat(later.listeners()).as("listeners; before: " + full).isLessThan(full.listeners() + 100);
    }

    /** What is held once the messages are echoed and the inspector has told everything. */
    private Browser.Held afterAnHour() {
        browser.run(HOUR, 144, 25_000);
        await("the hour")
                .atMost(Duration.ofSeconds(100))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> browser.run("return hour"), said -> !"under way".equals(said));
        assertThat(browser.run("return hour")).isEqualTo("over");
        long[] last = {-1};
        await("no more rows")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    long before = last[0];
                    last[0] = number("return lab.dropped");
                    return before == last[0];
                });
        return browser.held();
    }

    private long number(String script) {
        return ((Number) Objects.requireNonNull(browser.run(script))).longValue();
    }
}
