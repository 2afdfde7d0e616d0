package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import dev.wscratch.transport.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chromium's own compression against ours; it offers {@code client_max_window_bits} and nothing else. */
@Timeout(180)
class CompressedMessagesIT {
    private static final List<Integer> LENGTHS = List.of(0, 1, 125, 126, 65_535, 65_536, 1 << 20, 16 << 20);

    private static final String SCRIPT =
            """
            const answers = window.answers = [];
            let state = 7692;
            const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
            const words = length => new Uint8Array(length).map((_, i) => 97 + (i % 1000 < 900 ? i % 7 : random() % 26));
            const letters = length => new Uint8Array(length).map(() => 33 + random() % 94);
            const noise = length => new Uint8Array(length).map(random);
            const text = bytes => new TextDecoder().decode(bytes);
            const kinds = {
              'text words': length => text(words(length)), 'text letters': length => text(letters(length)),
              'binary words': words, 'binary noise': noise,
            };
            const asked = arguments[1].flatMap(length => Object.keys(kinds).map(kind => [kind, length]));
            const same = (question, data) => typeof question === 'string' ? question === data
              : data instanceof ArrayBuffer && data.byteLength === question.length
                && new Uint8Array(data).every((byte, i) => byte === question[i]);
            const socket = new WebSocket(arguments[0]);
            let question;
            socket.binaryType = 'arraybuffer';
            const ask = () => {
              if (answers.length > asked.length) {
                socket.close(4001);
                return;
              }
              const [kind, length] = asked[answers.length - 1];
              question = kinds[kind](length);
              socket.send(question);
            };
            socket.onopen = () => {
              answers.push(socket.extensions);
              ask();
            };
            socket.onmessage = ({data}) => {
              const [kind] = asked[answers.length - 1];
              const length = data.length ?? data.byteLength;
              answers.push(`${kind} ${length} ${same(question, data) ? 'same' : 'different'}`);
              ask();
            };
            socket.onclose = ({code}) => answers.push(`close ${code}`);
            """;

    /** With little memory to compress with, the server answers that messages stand alone. */
    @ParameterizedTest
    @CsvSource({
        "536870912, permessage-deflate",
        "131072,    permessage-deflate; server_no_context_takeover; client_no_context_takeover"
    })
    void everySizeComesBackEqualWithAndWithoutContextTakeover(long deflateMemory, String extensions) throws Exception {
        List<String> expected = new ArrayList<>(List.of(extensions));
        for (int length : LENGTHS) {
            for (String kind : List.of("text words", "text letters", "binary words", "binary noise")) {
                expected.add(kind + " " + length + " same");
            }
        }
        expected.add("close 4001");
        Limits limits = Limits.DEFAULT.withMaxMessage(16 << 20).withDeflateMemory(deflateMemory);
        try (WscratchServer server = WscratchServer.builder()
                        .port(0)
                        .inspector(true)
                        .limits(limits)
                        .start();
                Browser browser = Browser.start()) {
            browser.open(server.page());
            browser.run(SCRIPT, server.uri("/deflate").toString(), LENGTHS);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Boolean.TRUE.equals(
                            browser.run("return window.answers.some(answer => answer.startsWith('close'))")));
            assertThat(browser.run("return window.answers")).isEqualTo(expected);
        }
    }
}
