package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.browser.EchoPage.Row;
import dev.wscratch.server.WscratchServer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page learns of its connections from the server, and what it does where it learns nothing. */
@Timeout(180)
class ServerSideIT extends ServedPage {
    ServerSideIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @Test
    void anOpenConnectionIsStillSeenAfterManyOthers() {
        EchoPage page = told();
        browser.run(
                """
                return (async () => {
                  for (let i = 0; i < 70; i++) {
                    lab.connect({ url: lab.url('/echo'), client: 'B' });
                    await new Promise(resolve => { lab.socket('B').onopen = resolve; });
                    const closed = new Promise(resolve => { lab.socket('B').onclose = resolve; });
                    lab.close(1000, '', 'B');
                    await closed;
                  }
                })();
                """);
        page.send("still seen").awaitMessage("still seen");
        assertThat(page.awaitRow("text", "\"still seen\"").kind()).isEqualTo("frame");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#count-down").getText().equals("2"));
    }

    @Test
    void aWatchThatWasRefusedIsTriedAgain() {
        told();
        assertThat(
                        browser.run(
                                """
                        return import('./lab/inspector.js').then(async ({ Inspector }) => {
                          const real = WebSocket;
                          const answers = [{ type: 'problem', code: 'lab-taken', expected: 'a', actual: 'b' }, { type: 'watching', frames: true }];
                          const closed = [];
                          globalThis.WebSocket = class extends EventTarget {
                            data = JSON.stringify(answers.shift());
                            constructor() {
                              super();
                              setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data: this.data })));
                            }
                            close() {
                              closed.push(this.data);
                              this.dispatchEvent(new Event('close'));
                            }
                          };
                          const inspector = new Inspector('ws://test/', 'lab', { onstart() {}, onevent() {}, onend() {} });
                          const first = await inspector.watch();
                          const second = await inspector.watch();
                          globalThis.WebSocket = real;
                          return [first, second?.frames, closed.length];
                        });
                        """))
                .isEqualTo(Arrays.asList(null, true, 1L));
    }

    @Test
    void laterFramesOfACompressedMessageAreNotTakenForText() {
        told();
        assertThat(
                        browser.run(
                                """
                        return Promise.all(['lab/trace', 'ui/describe', 'pane/wirepane', 'wire/words', 'wire/bytes'].map(name => import(`./${name}.js`)))
                          .then(async ([{ Trace }, { describe }, { WirePane }, { loadWords }, { toBase64 }]) => {
                            const rows = [];
                            const trace = new Trace({ connection: 1, client: 'A', url: 'ws://test/', openedAt: 0 });
                            for (const bytes of [[0x41, 2, 0x61, 0x62], [0x80, 2, 0x63, 0x64], [0x81, 1, 0x65]]) {
                              trace.take(
                                { event: 'frame', number: 1, from: 'server', at: 1, bytes: toBase64(Uint8Array.from(bytes)), length: bytes.length },
                                { add: row => rows.push(row) && row });
                            }
                            const place = document.createElement('div');
                            new WirePane(place, { words: await loadWords() }).show(rows[1]);
                            return [...rows.map(row => describe(row).text), place.textContent.includes('“cd”'), place.textContent.includes("'c'")];
                          });
                        """))
                .isEqualTo(List.of("compressed 61 62", "compressed 63 64", "\"e\"", false, false));
    }

    @Test
    void twoPagesCannotSeeEachOthersFrames() {
        told();
        try (Browser other = Browser.start()) {
            EchoPage foreign = EchoPage.open(other, server.page());
            foreign.awaitMessage("Hello");
            foreign.send("mine alone").awaitMessage("mine alone");
            await().atMost(DEADLINE).until(() -> foreign.frames().size() == 4);
        }
        assertThat(browser.run("return lab.rows.filter(row => row.kind === 'frame').length"))
                .isEqualTo(2L);
        assertThat(browser.run("return lab.rows.some(row => row.detail?.data === 'mine alone')"))
                .isEqualTo(false);
    }

    @Test
    void withoutAnInspectorThePageShowsWhatTheBrowserTellsAndSaysSo() throws Exception {
        try (WscratchServer plain =
                WscratchServer.builder().host("127.0.0.1").port(0).start()) {
            EchoPage page = EchoPage.open(browser, plain.page());
            page.awaitMessage("Hello");
            assertThat(page.rows()).extracting(Row::kind).containsOnly("event");
            assertThat(browser.find("#story-text").getText()).contains("This server does not show its side");
            browser.find("#tab-ping").click();
            browser.find("#ping-form .primary").click();
            await().atMost(DEADLINE).until(() -> page.problem("ping").startsWith("There is no inspector here"));
        }
    }

    @Test
    void theServerViewSaysTheLimitsAndTheLatencyTabMeasures() {
        EchoPage page = told().tab("server");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#server-panel").getText().contains("1,048,576 bytes"));
        page.tab("latency");
        await().atMost(DEADLINE)
                .until(() -> Boolean.TRUE.equals(
                        browser.run("return document.querySelector('#latency-panel canvas') !== null")));
        browser.find("#latency-panel .primary").click();
        await().atMost(DEADLINE)
                .until(() -> browser.find("#latency-panel .fact").getText().matches(".*p50 [0-9.]+ ms .*p99 .*"));
        browser.find("#latency-panel .primary").click();
    }
}
