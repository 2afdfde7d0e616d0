package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.wscratch.browser.EchoPage.Row;
import dev.wscratch.message.Golden;
import dev.wscratch.server.WscratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's talk section, and its modules, in a real browser. */
@Timeout(120)
class TalkPageIT extends ServedPage {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    TalkPageIT() {
        super(WscratchServer.builder().inspector(true), 1280, 1600);
    }

    @ParameterizedTest
    @CsvSource({"json, text · 29 bytes", "cbor, binary · 21 bytes"})
    void anEchoTravelsInTheChosenFormatOnAConnectionOfItsOwn(String format, String size) {
        EchoPage page = talk(format);
        browser.find("#talk-text").clear();
        browser.find("#talk-text").sendKeys("grü");
        browser.find("#talk-form [type=submit]").click();
        awaitResult("Echo: grü");
        assertThat(page.state()).isEqualTo("CLOSED");
        assertThat(page.events())
                .extracting(Row::name, Row::size)
                .containsExactly(
                        tuple("new WebSocket", ""), tuple("onopen", ""), tuple("send", size), tuple("onmessage", size));
        await().atMost(DEADLINE).until(() -> page.frames().size() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "cbor"})
    void aLongTextComesBackAsItWas(String format) {
        talk(format);
        assertThat(browser.run(
                        """
                        return import('./talk.js').then(({ Talk }) => {
                          const talk = new Talk(arguments[0], { onsent() {}, onreceived() {}, onend() {} });
                          talk.use(arguments[1]);
                          const long = 'grüße 🙂 '.repeat(20_000);
                          return talk.echo(long).then(({ text }) => text === long);
                        });
                        """,
                        server.uri("/talk").toString(),
                        format))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "cbor"})
    void aPingShowsItsRoundTripAndTheLiveTimeComesAndEnds(String format) {
        talk(format);
        browser.find("#talk-ping").click();
        awaitResult("Round trip: [0-9]+\\.[0-9] ms");
        browser.find("#talk-live").click();
        awaitResult("Server time: 20[0-9-]+T[0-9:.]+Z");
        assertThat(browser.find("#talk-live").getDomAttribute("aria-pressed")).isEqualTo("true");
        browser.find("#talk-live").click();
        await().atMost(DEADLINE)
                .until(() -> "false".equals(browser.find("#talk-live").getDomAttribute("aria-pressed")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "cbor"})
    void aFileIsSentInPartsWithItsProgress(String format, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("lines.txt"), "line\n".repeat(20_000));
        EchoPage page = talk(format);
        browser.find("#talk-file").sendKeys(file.toString());
        awaitResult("lines\\.txt: 100,000 bytes, 20,000 lines, SHA-256 "
                + "9157885b8bf71d1be0b768201c0c8b3c1686b1bac19678338f276ec292c34ad0");
        assertThat(
                        browser.run(
                                "const bar = document.querySelector('#talk-progress'); return [bar.value, bar.max, bar.hidden]"))
                .isEqualTo(List.of(100_000L, 100_000L, false));
        assertThat(page.events()).filteredOn(row -> row.name().equals("send")).hasSize(4);
        assertThat(page.events())
                .filteredOn(row -> row.name().equals("onmessage"))
                .hasSize(5);
    }

    @Test
    void aProblemIsShownAndTheConnectionLivesOn(@TempDir Path folder) throws Exception {
        talk("json");
        Path file = Files.writeString(folder.resolve("a"), "");
        browser.run("document.querySelector('#talk-file').setAttribute('name', 'x')");
        browser.find("#talk-file").sendKeys(file.toString());
        awaitResult("a: 0 bytes, 0 lines, SHA-256 e3b0.*");
        assertThat(browser.run(
                        """
                        return import('./talk.js').then(({ Talk }) => {
                          const talk = new Talk(arguments[0], { onsent() {}, onreceived() {}, onend() {} });
                          return talk.live(true, 1).catch(problem => problem.constructor.name + ': ' + problem.message)
                            .then(said => talk.echo('still here').then(({ text }) => [said, text]));
                        });
                        """,
                        server.uri("/talk").toString()))
                .isEqualTo(List.of(
                        "Problem: The server expected an integer from 100 to 60000 at /every. (wrong-value)",
                        "still here"));
    }

    @Test
    void aQuestionThatCannotBeWrittenTakesNoOtherOnesAnswer() {
        talk("json");
        assertThat(browser.run(
                        """
                        return import('./talk.js').then(({ Talk }) => {
                          const talk = new Talk(arguments[0], { onsent() {}, onreceived() {}, onend() {} });
                          return talk.live(true, 100n).catch(error => error.constructor.name).then(said => Promise.race([
                            talk.echo('mine').then(({ text }) => [said, text]),
                            new Promise(resolve => setTimeout(resolve, 10_000, [said, 'no answer'])),
                          ]));
                        });
                        """,
                        server.uri("/talk").toString()))
                .isEqualTo(List.of("TypeError", "mine"));
    }

    @Test
    void theModulesReadAndWriteTheExamplesAsTheServerDoes() {
        talk("json");
        List<Map<String, String>> golden = Golden.all().stream()
                .map(one -> Map.of("name", one.name(), "json", one.json(), "cbor", one.cbor()))
                .toList();
        assertThat(browser.run(
                        """
                        const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
                        const bytes = text => Uint8Array.from(text.match(/../g), pair => parseInt(pair, 16));
                        return import('./message.js').then(({ FORMATS: { json, cbor } }) => arguments[0].filter(one => {
                          const fromJson = json.read(one.json);
                          const fromCbor = cbor.read(bytes(one.cbor).buffer);
                          return json.write(fromCbor) !== one.json || hex(cbor.write(fromJson)) !== one.cbor;
                        }).map(({ name }) => name));
                        """,
                        golden))
                .isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a1                 | CBOR: expected 1 more bytes or items at byte 1
            a0 00              | CBOR: expected the end at byte 1
            81818181818181818181 | CBOR: expected a value of at most 8 levels and without tags at byte 8
            62 c328            | CBOR: expected UTF-8 at byte 1
            7a 7fffffff        | CBOR: expected 2147483647 more bytes or items at byte 5
            1b ffffffffffffffff | CBOR: expected a whole number of at most 53 bits at byte 0
            f97e00             | CBOR: expected true, false or null at byte 0
            c1 00              | CBOR: expected a value of at most 8 levels and without tags at byte 0
            9f 00 ff           | CBOR: expected a length at byte 0
            """)
    void hostileCborIsRefusedBeforeItCostsAnything(String hex, String problem) {
        talk("json");
        assertThat(browser.run(
                        """
                        const bytes = Uint8Array.from(arguments[0].replaceAll(' ', '').match(/../g), pair => parseInt(pair, 16));
                        return import('./cbor.js').then(({ decode }) => decode(bytes)).catch(problem => problem.message);
                        """,
                        hex))
                .isEqualTo(problem);
    }

    private EchoPage talk(String format) {
        EchoPage page = EchoPage.open(browser, server.page().resolve("?auto=0")).talk();
        browser.find("#talk-formats [value=" + format + "]").click();
        return page;
    }

    private void awaitResult(String pattern) {
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> assertThat(browser.find("#talk-result").getText()).matches(pattern));
    }
}
