package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.server.WscratchServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The wire pane alone, with rows made by hand. */
class WirePaneIT extends ServedPage {
    private static final String HELLO = "81 85 37 fa 21 3d 7f 9f 4d 51 58";

    WirePaneIT() {
        super(WscratchServer.builder(), 1000, 900);
    }

    @BeforeEach
    void openPane() {
        browser.openWithoutScripts(server.page());
        browser.run(
                """
                return (async () => {
                  const { loadWords } = await import('/wire/words.js');
                  const { WirePane } = await import('/pane/wirepane.js');
                  const { fromHex, fromLatin1 } = await import('/wire/bytes.js');
                  const { readFrame } = await import('/wire/frame.js');
                  const styles = ['wirepane', 'bytes', 'explanation'].map((name) => {
                    const style = document.createElement('link');
                    style.rel = 'stylesheet';
                    style.href = `/pane/${name}.css`;
                    return style;
                  });
                  const place = document.createElement('section');
                  place.id = 'pane';
                  document.body.replaceChildren(place);
                  document.head.append(...styles);
                  await Promise.all(styles.map((style) => new Promise((loaded) => style.addEventListener('load', loaded))));
                  const pane = new WirePane(place, { words: await loadWords(), reducedMotion: true });
                  globalThis.picked = [];
                  pane.onpick = (byte) => picked.push(byte);
                  globalThis.showFrame = (hex, more, at) => {
                    const bytes = fromHex(hex);
                    const row = {
                      id: 1, kind: 'frame', number: 3, connection: 1, client: 'A', direction: 'sent',
                      bytes, length: bytes.length, frame: readFrame(bytes), message: bytes[0] & 0x0f, ...more,
                    };
                    if (typeof row.inflated === 'string') {
                      row.inflated = fromHex(row.inflated);
                    }
                    return pane.show(row, at);
                  };
                  globalThis.showHandshake = (request, response) => pane.show({
                    id: 2, kind: 'handshake', partner: false, url: 'ws://localhost:8080/echo?lab=0.1&a=b',
                    status: Number(response.slice(9, 12)), request: fromLatin1(request), response: fromLatin1(response),
                  });
                })();
                """);
    }

    private void frame(String hex) {
        frame(hex, "{}");
    }

    private void frame(String hex, String more) {
        browser.run("return showFrame(arguments[0], JSON.parse(arguments[1]))", hex, more);
    }

    private String text(String selector) {
        return String.valueOf(browser.run(
                "return document.querySelector('#pane ' + arguments[0])?.textContent.replace(/\\s+/g, ' ').trim()",
                selector));
    }

    private List<?> texts(String selector) {
        return (List<?>) browser.run(
                "return [...document.querySelectorAll('#pane ' + arguments[0])].map((one) => one.textContent)",
                selector);
    }

    private String focusedByte() {
        return String.valueOf(browser.focused().getDomAttribute("aria-label"));
    }

    private void press(CharSequence... keys) {
        browser.focused().sendKeys(keys);
    }

    private void focusBytes() {
        browser.run("document.querySelector('#pane [role=gridcell][tabindex=\"0\"]').focus()");
    }

    @Test
    void aFrameIsShownFromItsMeaningToItsBits() {
        frame(HELLO);

        assertThat(text(".meaning")).isEqualTo("A text message, complete in this frame. 5 bytes of payload: “Hello”.");
        assertThat(texts(".field"))
                .isEqualTo(List.of("FIN=1 RSV=000 opcode=1 (text)", "MASK=1 length=5", "masking key 37 fa 21 3d"));
        assertThat(String.join(
                        " ", texts(".byte .hex").stream().map(String::valueOf).toList()))
                .isEqualTo(HELLO);
        assertThat(String.join(
                        "", texts(".byte .letter").stream().map(String::valueOf).toList()))
                .isEqualTo("FLKKKKPPPPP");
        assertThat(text(".pane-byte")).startsWith("Byte 0 81 hex · 129 decimal · 10000001 binary");
        assertThat(texts(".bits th")).isEqualTo(List.of("FIN=1", "RSV1=0", "RSV2=0", "RSV3=0", "opcode=text"));
        assertThat(texts(".bit-cells")).isEqualTo(List.of("1·······", "·0······", "··0·····", "···0····", "····0001"));
        assertThat(text(".plain-text")).isEqualTo("“Hello”");
    }

    @Test
    void theKeyboardReachesEachByteAndOneOfThemIsInTheTabOrder() {
        frame(HELLO);
        focusBytes();

        press(Keys.ARROW_RIGHT);
        assertThat(focusedByte()).isEqualTo("byte 1: 85, MASK and length, MASK=1 length=5");
        assertThat(text(".pane-byte")).startsWith("Byte 1 ");
        press(Keys.END);
        assertThat(focusedByte()).isEqualTo("byte 10: 58, payload, 'o'");
        press(Keys.ARROW_RIGHT);
        assertThat(focusedByte()).startsWith("byte 10:");
        press(Keys.HOME);
        press(Keys.ARROW_LEFT);
        assertThat(focusedByte()).startsWith("byte 0:");
        press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ENTER);
        assertThat(browser.run("return picked")).isEqualTo(List.of(2L));
        assertThat(texts("[role=gridcell][tabindex=\"0\"]")).hasSize(1);
        assertThat(texts("[role=gridcell][aria-selected=true]")).isEqualTo(List.of("37K"));
    }

    @Test
    void upAndDownMoveByARow() {
        browser.viewport(320, 700);
        frame("82 10 " + "00 ".repeat(16));
        focusBytes();

        press(Keys.ARROW_DOWN);
        assertThat(focusedByte()).startsWith("byte 8:");
        press(Keys.ARROW_DOWN);
        press(Keys.ARROW_DOWN);
        assertThat(focusedByte()).startsWith("byte 16:");
        press(Keys.ARROW_UP);
        assertThat(focusedByte()).startsWith("byte 8:");
    }

    @Test
    void unmaskingIsSteppedByteByByte() {
        frame(HELLO);

        assertThat(texts(".xor-line"))
                .isEqualTo(List.of("011111117fpayload byte 0", "⊕0011011137key byte 0", "=0100100048plain: 'H'"));
        browser.find("#pane .xor-steps button:nth-child(2)").click();
        assertThat(text(".xor-line:last-child")).isEqualTo("=0110010165plain: 'e'");
        assertThat(text(".xor-strip")).isEqualTo("48 65 ·· ·· ··");
        assertThat(text(".pane-byte")).startsWith("Byte 7 ");
        assertThat(texts(".byte.step .hex")).isEqualTo(List.of("fa", "9f"));
        focusBytes();
        press(Keys.END);
        assertThat(text(".xor-line:last-child")).isEqualTo("=011011116fplain: 'o'");
        assertThat(browser.run("return document.querySelector('#pane .xor-steps button:nth-child(3)').hidden"))
                .as("with reduced motion, nothing plays")
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            b1 01 41          | RESERVED_BIT_SET             | b1   | 00110000
            83 01 41          | RESERVED_OPCODE              | 83   | 00001111
            09 00             | CONTROL_FRAME_FRAGMENTED     | 09   | 10000000
            81 01 41          | MASK_MISSING                 | 01   | 10000000
            82 7e 00 01 41    | LENGTH_NOT_MINIMAL           | 7e 00 01 | 01111111
            88 02 03 ed       | CLOSE_CODE_INVALID           | 03 ed | 11111111
            81 04 61 c3 28 62 | TEXT_NOT_UTF8                | c3   | 11111111
            88 04 03 e8 6f ff | CLOSE_REASON_NOT_UTF8        | ff   | 11111111
            80 02 ac 41       | CONTINUATION_WITHOUT_MESSAGE | 80   | 00001111
            """)
    void theBytesAndBitsThatBreakARuleAreMarkedWithItsWords(String hex, String rule, String bytes, String bits) {
        frame(hex, "{\"direction\": \"received\", \"broken\": \"%s\"}".formatted(rule));

        assertThat(String.join(
                        " ",
                        texts(".byte.guilty .hex").stream().map(String::valueOf).toList()))
                .isEqualTo(bytes);
        assertThat(text(".pane-violation")).startsWith("✗ Breaks a rule" + rule).contains("§", "Likely cause", "Try");
        assertThat(
                        browser.run(
                                """
                        return [...document.querySelectorAll('#pane .bits tr')].reduce((mask, row) =>
                          [...row.querySelectorAll('.bit')].reduce((all, bit, i) =>
                            all | (bit.classList.contains('guilty') ? 0x80 >> i : 0), mask), 0)
                          .toString(2).padStart(8, '0');
                        """))
                .isEqualTo(bits);
    }

    @Test
    void aLongPayloadIsShownInWindows() {
        frame("82 7f 00 00 00 00 00 10 00 00" + " 41".repeat(8_000), "{\"length\": 1048586}");

        assertThat(texts(".byte")).hasSize(256);
        assertThat(text(".pane-grid .hint")).isEqualTo("7,754 more bytes");
        assertThat(text(".pane-meaning .hint")).isEqualTo("The first 8,010 bytes of 1,048,586 bytes are kept here.");
        browser.find("#pane .pane-grid button").click();
        assertThat(texts(".byte")).hasSize(512);
        assertThat(focusedByte()).startsWith("byte 256:");
        assertThat(((Number) browser.run("return document.querySelectorAll('#pane *').length")).intValue())
                .isLessThan(3_000);
    }

    @Test
    void whatWasCompressedIsShownInflated() {
        frame(
                "c1 07 f2 48 cd c9 c9 07 00",
                "{\"direction\": \"received\", \"inflated\": \"48 65 6c 6c 6f\", \"inflatedLength\": 5}");

        assertThat(text(".meaning")).endsWith("7 bytes of payload: “Hello”.");
        assertThat(text(".pane-plain"))
                .isEqualTo("Inflated5 bytes out of 7 bytes on the wire, 140 %.“Hello”48 65 6c 6c 6f");
    }

    @Test
    void aCutFrameAndABareByteAreShownAsFarAsTheyCame() {
        frame("82 85 37 fa", "{\"cut\": true}");
        assertThat(text(".pane-meaning"))
                .startsWith("The beginning of a frame")
                .contains("TCP ended inside this frame: 4 bytes");
        frame("82", "{\"cut\": true}");
        assertThat(texts(".byte")).hasSize(1);
    }

    @Test
    void aHandshakeIsExplainedLineByLineAndTheAcceptKeyComputed() {
        browser.run(
                "return showHandshake(arguments[0], arguments[1])",
                """
                GET /echo?lab=0.1 HTTP/1.1
                Host: localhost:8080
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Protocol: chat, superchat
                Sec-WebSocket-Version: 13

                """
                        .replace("\n", "\r\n"),
                "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");

        assertThat(texts(".head-list li span:first-of-type"))
                .asString()
                .contains("16 random bytes in base64", "Switching Protocols: the server agrees");
        assertThat(texts(".accept-steps code")).last().isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(text(".accept-good")).startsWith("✓ The answer has the same.");
        assertThat(code("wscratch"))
                .isEqualTo("wscratch connect 'ws://localhost:8080/echo?a=b' -s chat -s superchat --frames");
        assertThat(code("JS"))
                .isEqualTo(
                        "const socket = new WebSocket(\"ws://localhost:8080/echo?a=b\", [\"chat\", \"superchat\"]);");
    }

    private String code(String name) {
        browser.run(
                "[...document.querySelectorAll('#pane [role=tab]')].find((tab) => tab.textContent === arguments[0]).click()",
                name);
        return String.valueOf(browser.run("return document.querySelector('#pane .same-code').textContent"));
    }

    @Test
    void theSameThingIsSaidInFourLanguages() {
        String echo = server.uri("/echo").toString();
        frame(HELLO);

        assertThat(code("JS")).isEqualTo("socket.send(\"Hello\");");
        assertThat(code("Java")).isEqualTo("socket.send(\"Hello\");");
        assertThat(code("wscratch"))
                .isEqualTo("wscratch connect %s --send=Hello -n 1\n\n# Explain these bytes:\nwscratch explain %s"
                        .formatted(echo, HELLO));
        assertThat(code("hex")).isEqualTo(HELLO);
        frame("81 02 27 0a");
        assertThat(code("wscratch")).startsWith("wscratch connect " + echo + " --send=''\\''\n' -n 1");
        frame("82 83 00 00 00 00 00 ff 10");
        assertThat(code("JS")).isEqualTo("socket.send(new Uint8Array([0x00, 0xff, 0x10]));");
        assertThat(code("Java")).isEqualTo("socket.send(new byte[] {0x00, (byte) 0xff, 0x10});");
        assertThat(code("wscratch")).startsWith("wscratch connect " + echo + " --hex -x '00 ff 10' -n 1");
        frame("88 85 00 00 00 00 0f a1 62 79 65");
        assertThat(code("JS")).isEqualTo("socket.close(4001, \"bye\");");
        assertThat(code("wscratch")).startsWith("wscratch connect " + echo + " --close=4001:bye </dev/null");
    }

    @Test
    void onPaperEveryByteIsExplained() {
        frame(HELLO);

        assertThat(display(".every-list")).isEqualTo("none");
        browser.media("print");
        assertThat(display(".every-list")).isEqualTo("block");
        assertThat(display(".xor-steps button")).isEqualTo("none");
        browser.media("");
        browser.find("#pane .pane-every button").click();
        assertThat(display(".every-list")).isEqualTo("grid");
        assertThat(texts(".every-list li")).hasSize(8);
    }

    private String display(String selector) {
        return String.valueOf(browser.run(
                "return getComputedStyle(document.querySelector('#pane ' + arguments[0])).display", selector));
    }

    @Test
    void itFitsAPhone() {
        browser.viewport(320, 700);
        for (String row : List.of(HELLO, "81 7e 03 e8" + " 41".repeat(1000))) {
            frame(row);
            assertThat(((Number)
                                    browser.run(
                                            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                            .intValue())
                    .isZero();
        }
    }
}
