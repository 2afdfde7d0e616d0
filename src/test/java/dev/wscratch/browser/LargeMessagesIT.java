package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chromium's own WebSocket, without the page's code, from nothing to a raised limit. */
@Timeout(120)
class LargeMessagesIT {
    private static final String SCRIPT =
            """
            const lengths = arguments[1];
            const questions = lengths.flatMap(length => {
              const bytes = new Uint8Array(length).map((_, i) => 33 + i % 89);
              return [new TextDecoder().decode(bytes), bytes];
            });
            const same = (question, data) => typeof question === 'string' ? question === data
              : data instanceof ArrayBuffer && data.byteLength === question.length
                && new Uint8Array(data).every((byte, i) => byte === question[i]);
            const answers = window.answers = [];
            const socket = new WebSocket(arguments[0]);
            socket.binaryType = 'arraybuffer';
            const ask = () => answers.length < questions.length ? socket.send(questions[answers.length])
              : socket.close(4001);
            socket.onopen = ask;
            socket.onmessage = ({data}) => {
              const kind = typeof data === 'string' ? 'text' : 'binary';
              const length = data.length ?? data.byteLength;
              answers.push(`${kind} ${length} ${same(questions[answers.length], data) ? 'same' : 'different'}`);
              ask();
            };
            socket.onclose = ({code}) => answers.push(`close ${code}`);
            """;

    @Test
    void messagesFromNothingToSixteenMebibytesComeBackAsTheyWere() throws Exception {
        List<Integer> lengths = List.of(0, 1, 125, 126, 65_535, 65_536, 1 << 20, 4 << 20, 16 << 20);
        List<String> expected = Stream.concat(
                        lengths.stream().flatMap(n -> Stream.of("text " + n + " same", "binary " + n + " same")),
                        Stream.of("close 4001"))
                .toList();
        try (WscratchServer server = WscratchServer.builder()
                        .port(0)
                        .inspector(true)
                        .maxMessage(16 << 20)
                        .start();
                Browser browser = Browser.start()) {
            browser.open(server.page());
            browser.run(SCRIPT, server.uri("/echo").toString(), lengths);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Boolean.TRUE.equals(
                            browser.run("return window.answers.some(answer => answer.startsWith('close'))")));
            assertThat(browser.run("return window.answers")).isEqualTo(expected);
        }
    }
}
