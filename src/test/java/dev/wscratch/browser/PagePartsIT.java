package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.wscratch.browser.EchoPage.Row;
import dev.wscratch.server.WscratchServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the page, each by what it is for. */
@Timeout(180)
class PagePartsIT extends ServedPage {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    PagePartsIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @Test
    void jsonIsJudgedAsItIsTypedAndSentAsText() {
        EchoPage page = told().tab("json").fill("#json", "{\"a\": 1,}");
        assertThat(page.problem("json")).startsWith("Not JSON: ");
        page.fill("#json", "{\"a\": 1}");
        assertThat(page.problem("json")).isEmpty();
        browser.find("#json-form .primary").click();
        page.awaitMessage("{\"a\": 1}");
        browser.find("#json-indent").click();
        assertThat(browser.find("#json").getDomProperty("value")).isEqualTo("{\n  \"a\": 1\n}");
    }

    @Test
    void aFileIsSentAsItsBytes(@TempDir Path folder) throws Exception {
        EchoPage page = told().tab("binary");
        browser.find("#file")
                .sendKeys(Files.write(folder.resolve("bytes"), new byte[] {1, 2, (byte) 255})
                        .toString());
        page.awaitRow("onmessage", "01 02 ff");
    }

    @Test
    void aPingOfTheServerIsAnsweredByTheBrowserAlone() {
        EchoPage page = told().tab("ping").fill("#ping-payload", "x".repeat(126));
        browser.find("#ping-form .primary").click();
        assertThat(page.problem("ping")).contains("at most 125 bytes");
        page.fill("#ping-payload", "there?");
        browser.find("#ping-form .primary").click();
        assertThat(page.awaitRow("ping", "\"there?\"").tone()).isEqualTo("received");
        assertThat(page.awaitRow("pong", "\"there?\"").tone()).isEqualTo("sent");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#rows [aria-current=true]").getText().contains("ping"));
    }

    @Test
    void fragmentsOfTheServerAreOneMessageForThePage() {
        EchoPage page = told().tab("fragments");
        page.fill("#fragments-text", "abcdef");
        browser.find("#fragments-form .primary").click();
        page.awaitMessage("abcdef");
        await().atMost(DEADLINE).until(() -> page.frames().size() == 5);
        assertThat(page.frames())
                .extracting(Row::name, Row::text)
                .endsWith(
                        tuple("text (first part)", "\"ab\""),
                        tuple("continuation", "\"cd\""),
                        tuple("continuation", "\"ef\""));
    }

    @Test
    void theServerSaysGoodbyeWhenAsked() {
        EchoPage page = told().tab("close");
        browser.find("#close-form [value=server]").click();
        page.fill("#code", "1001").fill("#reason", "so long");
        browser.find("#close-form .primary").click();
        assertThat(page.awaitEnd().text()).isEqualTo("code 1001, reason \"so long\", wasClean true");
        assertThat(page.explanation("onclose")).contains("The server said goodbye with 1001");
    }

    @Test
    void aFaultIsDiagnosedByTheBrowserTheServerAndTheStandard() {
        EchoPage page = told().tab("break");
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelectorAll('.fault').length > 30")));
        click("[aria-label='Break it: rsv']");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.diagnosis())
                .contains("A frame broke the protocol", "1006", "The server saw"));
        assertThat(page.diagnosis()).contains("RFC 6455").doesNotContain("RESERVED_BIT_SET");
        click("[aria-label='Break it: status']");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.diagnosis())
                .contains("The handshake was refused", "503", "instead of 101"));
        click("[aria-label='Break it: bad-accept']");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.diagnosis())
                .contains("The server answered 101, but your browser did not take the answer")
                .contains("The proof does not fit the key that was sent", "append the GUID")
                .doesNotContain("nothing listened there"));
        assertThat(page.explanation("onclose")).contains("The server answered 101, but your browser");
        click("[aria-label='Break it: subprotocol']");
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(page.diagnosis())
                .contains("The server answered 101", "a subprotocol that was not offered"));
        browser.expectComplaint("/fault/rsv");
        browser.expectComplaint("/fault/status");
        browser.expectComplaint("/fault/bad-accept");
        browser.expectComplaint("/fault/subprotocol");
    }

    @Test
    void aSecondCardTakesOverFromOneThatNeverOpens() {
        EchoPage page = told().tab("break");
        await().atMost(DEADLINE)
                .until(() ->
                        Boolean.TRUE.equals(browser.run("return document.querySelectorAll('.fault').length > 30")));
        click("[aria-label='Break it: stuck-head']");
        page.awaitState("CONNECTING");
        click("[aria-label='Break it: status']");
        click("[aria-label='Break it: rsv']");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(page.diagnosis()).contains("A frame broke the protocol"));
        assertThat(page.problem("url")).isEmpty();
        browser.expectComplaint("/fault/stuck-head");
        browser.expectComplaint("/fault/status");
        browser.expectComplaint("/fault/rsv");
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
                          const inspector = new Inspector('ws://test/', 'lab', { onevent() {}, onend() {} });
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
    void theTimelineIsFilteredByKindAndByTextAndByExpression() {
        EchoPage page = told().send("apple").send("banana");
        page.awaitMessage("banana");
        click("#filters button:nth-child(2)");
        awaitRows(page, row -> row.tone().equals("sent") || row.name().equals("send"));
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
    void aLinkLeadsToAByteOfAFrame() {
        EchoPage page = EchoPage.open(browser, server.page().resolve("?msg=ab#/frame/2/byte/1"));
        page.awaitMessage("ab");
        await().atMost(DEADLINE)
                .until(() -> browser.find("#wire-what").getText().equals("frame #2 ↓ server → you"));
        assertThat(browser.run("return location.hash")).isEqualTo("#/frame/2/byte/1");
        click("#rows .row.sent.is-frame");
        assertThat(browser.run("return location.hash")).isEqualTo("#/frame/1");
    }

    @Test
    void aLinkToSomeOtherServerConnectsOnlyWhenAsked() {
        EchoPage page = EchoPage.open(browser, server.page().resolve("?url=ws://127.0.0.1:9/&proto=a,b"));
        await().atMost(DEADLINE)
                .until(() -> browser.find("#story-text").getText().startsWith("Press Connect"));
        assertThat(page.url()).isEqualTo("ws://127.0.0.1:9/");
        assertThat(browser.find("#protocols").getDomProperty("value")).isEqualTo("a,b");
        assertThat(page.rows()).isEmpty();
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
    void twoClientsHaveAConnectionEach() {
        EchoPage page = told();
        click("#clients [value=B]");
        assertThat(page.state()).isEqualTo("CLOSED");
        page.connectOrDisconnect().awaitState("OPEN").send("from B").awaitMessage("from B");
        assertThat(browser.run("return [lab.state('A'), lab.state('B')]")).isEqualTo(List.of("OPEN", "OPEN"));
        click("#clients [value=A]");
        assertThat(page.state()).isEqualTo("OPEN");
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
    void theFirstLoadIsSmall() throws Exception {
        told();
        List<?> loaded = (List<?>) Objects.requireNonNull(
                browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)"));
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

    @ParameterizedTest
    @CsvSource({"1280, 900, light", "1280, 900, dark", "320, 640, light", "320, 640, dark"})
    void axeFindsNoSeriousIssue(int width, int height, String scheme) throws Exception {
        browser.viewport(width, height);
        browser.colours(scheme);
        told();
        browser.run(resource(AXE));
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

    private @Nullable Object issues() {
        return browser.run(
                """
                return axe.run().then(({ violations }) => violations
                  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                  .map(({ id, nodes }) => id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join(' | ')));
                """);
    }

    /** The page after its story. */
    private EchoPage told() {
        EchoPage page = EchoPage.open(browser, server.page());
        await("the story").atMost(DEADLINE).until(() -> Objects.equals(browser.run("return lab.rows.length"), 7L));
        return page;
    }

    /** Also where it is not in view. */
    private void click(String selector) {
        browser.run("document.querySelector(arguments[0]).click()", selector);
    }

    private static void awaitRows(EchoPage page, Predicate<Row> all) {
        await().atMost(DEADLINE)
                .until(() -> !page.rows().isEmpty() && page.rows().stream().allMatch(all));
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

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PagePartsIT.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
