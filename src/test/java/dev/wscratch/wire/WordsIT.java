package dev.wscratch.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.browser.Browser;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's modules in a browser: they must say the same as this room of the same bytes. */
class WordsIT {
    private static final List<String> HEADS = List.of(
            "GET / HTTP/1.1\r\nHost: a\r\nupgrade: websocket\r\nSec-WebSocket-Key: x\r\nSEC-WEBSOCKET-ODD: y\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\nX-Other: é\r\n\r\nmore",
            "HTTP/1.1 403 Forbidden\nconstructor: x\n: none\nBad Name: y\n",
            "POST /a b c\r\n",
            "HTTP/1.1 101",
            "nonsense\r\n\r\n");

    private WscratchServer server;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        browser = Browser.start();
        server = WscratchServer.builder().host("127.0.0.1").port(0).start();
        browser.openWithoutScripts(server.page());
    }

    @AfterEach
    void stop() {
        try (WscratchServer stopped = server;
                Browser closed = browser) {
            assertThat(stopped).isNotNull();
            assertThat(closed).isNotNull();
        }
    }

    /** What differs, as {@code input: expected, actual}; {@code actual} is an expression over input and the modules. */
    private Object differences(String actual, Map<String, Object> expected) {
        assertThat(expected).isNotEmpty();
        return browser.run(
                """
                return (async (cases) => {
                  const [words, bytes, frame, explain, sha1] = await Promise.all(
                    ['words', 'bytes', 'frame', 'explain', 'sha1'].map((name) => import(`/wire/${name}.js`)));
                  const table = await words.loadWords();
                  return Object.entries(cases)
                    .map(([input, expected]) => [input, JSON.stringify(expected), JSON.stringify(ACTUAL)])
                    .filter(([input, expected, actual]) => expected !== actual)
                    .map((difference) => difference.join(' | '))
                    .slice(0, 5);
                })(JSON.parse(arguments[0]));
                """
                        .replace("ACTUAL", actual),
                JsonText.of(expected));
    }

    @Test
    void everyFrameIsExplainedAsHere() {
        Map<String, Object> expected = new LinkedHashMap<>();
        Stream.concat(frames(), randomFrames()).forEach(frame -> {
            for (Opcode message : Arrays.asList(null, Opcode.TEXT, Opcode.BINARY)) {
                if (message == null || (frame.length > 0 && (frame[0] & 0xF) == 0)) {
                    String input = (message == null ? "" : message.value()) + "/"
                            + HexFormat.of().formatHex(frame);
                    expected.put(input, pieces(FrameExplainer.explain(ByteBuffer.wrap(frame), message)));
                }
            }
        });

        assertThat(expected).hasSizeGreaterThan(3_000);
        assertThat(differences(
                        """
                        (([message, hex]) => explain.explainFrame(
                          table, bytes.fromHex(hex), message === '' ? null : Number(message)))(input.split('/'))\
                        """,
                        expected))
                .isEqualTo(List.of());
    }

    @Test
    void everyHeadIsExplainedAsHere() {
        Map<String, Object> expected = new LinkedHashMap<>();
        for (String head : HEADS) {
            IntStream.rangeClosed(0, head.length()).forEach(end -> explainHead(head.substring(0, end), expected));
        }
        HeaderWords.known().keySet().forEach(name -> explainHead("GET / HTTP/1.1\r\n" + name + ": x", expected));
        Random random = new Random(11);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder head = new StringBuilder();
            random.ints(random.nextInt(40), 0, 20).forEach(c -> head.append("GET / :\r\n\r\nHTTP/1.101".charAt(c)));
            explainHead(head.toString(), expected);
        }

        assertThat(differences("explain.explainHandshake(table, bytes.fromLatin1(input.slice(1)))", expected))
                .isEqualTo(List.of());
    }

    /** The bar keeps names of an object apart from numbers, which would come first. */
    private static void explainHead(String head, Map<String, Object> expected) {
        expected.put("|" + head, pieces(HandshakeExplainer.explain(ByteBuffer.wrap(head.getBytes(ISO_8859_1)))));
    }

    @Test
    void everyRuleAndEveryCloseCodeIsDiagnosedAsHere() {
        Map<String, Object> rules = new LinkedHashMap<>();
        Map<String, Rule[]> groups = Map.of(
                "frame", FrameRule.values(),
                "handshake", HandshakeRule.values(),
                "response", ResponseRule.values(),
                "head", HeadRule.values());
        groups.forEach((group, ofGroup) -> {
            for (Rule rule : ofGroup) {
                rules.put(group + "/" + rule.name(), words(Diagnosis.of(rule)));
            }
        });
        assertThat(differences(
                        fourWords("(([group, name]) => explain.diagnoseRule(table, name, group))(input.split('/'))"),
                        rules))
                .isEqualTo(List.of());

        Map<String, Object> codes = new LinkedHashMap<>();
        IntStream.concat(IntStream.rangeClosed(0, 6_000), IntStream.of(65_535))
                .forEach(code -> codes.put("" + code, words(Diagnosis.of(new CloseCode(code)))));
        assertThat(differences(fourWords("explain.diagnoseClose(table, Number(input))"), codes))
                .isEqualTo(List.of());
    }

    @Test
    void aRefusalIsDiagnosedByTheRuleInItsBodyOrByItsStatus() {
        Map<String, Object> refusals = new LinkedHashMap<>();
        Stream.<Rule>concat(Arrays.stream(HandshakeRule.values()), Arrays.stream(HeadRule.values()))
                .forEach(rule -> {
                    int status =
                            rule instanceof HandshakeRule handshake ? handshake.status() : ((HeadRule) rule).status();
                    String body = new Refusal(status, rule, "this", "that", List.of()).text();
                    refusals.put(status + "/" + body, words(Diagnosis.of(rule)));
                });
        StatusWords.all().forEach(words -> refusals.put(words.status() + "/no", words(words.diagnosis())));
        assertThat(differences(
                        fourWords("explain.diagnoseRefusal(table, Number(input.slice(0, 3)), input.slice(4))"),
                        refusals))
                .isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate | ",
                "permessage-deflate; server_max_window_bits=15; client_no_context_takeover | ",
                "x-unoffered | EXTENSION_NOT_OFFERED",
                "permessage-deflate; x-unknown | DEFLATE_PARAMETERS_WRONG",
                "permessage-deflate; constructor | DEFLATE_PARAMETERS_WRONG",
                "permessage-deflate; server_max_window_bits=16 | DEFLATE_PARAMETERS_WRONG",
                "permessage-deflate; server_max_window_bits | DEFLATE_PARAMETERS_WRONG",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover | DEFLATE_PARAMETERS_WRONG",
                "permessage-deflate, permessage-deflate | DEFLATE_PARAMETERS_WRONG",
            })
    void anAnswersExtensionsAreJudged(String extensions, String rule) {
        String key = "dGhlIHNhbXBsZSBub25jZQ==";
        Object found = browser.run(
                """
                return import('/ui/brokenanswer.js').then(({ brokenAnswer }) => {
                  const bytes = (text) => new TextEncoder().encode(text);
                  return brokenAnswer({ request: bytes(arguments[0]), response: bytes(arguments[1]) });
                });
                """,
                "GET / HTTP/1.1\r\nSec-WebSocket-Key: " + key
                        + "\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Accept.of(key) + "\r\nSec-WebSocket-Extensions: " + extensions + "\r\n\r\n");
        assertThat(found).isEqualTo(rule);
    }

    private static String fourWords(String expression) {
        return "(({ happened, who, cause, advice }) => [happened, who, cause, advice])(" + expression + ")";
    }

    private static Object words(Diagnosis diagnosis) {
        return List.of(diagnosis.happened(), diagnosis.who(), diagnosis.cause(), diagnosis.advice());
    }

    @Test
    void digestsAndBase64AreTheSameAsHere() throws NoSuchAlgorithmException {
        Map<String, Object> digests = new LinkedHashMap<>();
        Map<String, Object> base64 = new LinkedHashMap<>();
        Random random = new Random(12);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String hex = HexFormat.of().formatHex(bytes);
            digests.put(
                    "x" + hex,
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes)));
            base64.put("x" + hex, Base64.getEncoder().encodeToString(bytes));
        }
        assertThat(differences("bytes.toHex(sha1.sha1(bytes.fromHex(input.slice(1))), '')", digests))
                .isEqualTo(List.of());
        assertThat(differences("bytes.toBase64(bytes.fromHex(input.slice(1)))", base64))
                .isEqualTo(List.of());
        String key = "dGhlIHNhbXBsZSBub25jZQ==";
        assertThat(differences("sha1.acceptOf(input)", Map.of(key, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")))
                .isEqualTo(List.of());
    }

    @Test
    void aFrameThatIsMadeIsReadAsItWasMeant() {
        Map<String, Object> expected = new LinkedHashMap<>();
        for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536}) {
            ByteBuffer header = ByteBuffer.allocate(14);
            FrameSerialiser.writeHeader(header, FrameHeader.masked(Opcode.TEXT, length, 0x01020304));
            expected.put(length + "/", HexFormat.of().formatHex(header.array(), 0, header.position()));
        }
        assertThat(differences(
                        """
                        ((payload) => {
                          const key = Uint8Array.of(1, 2, 3, 4);
                          const made = frame.makeFrame({ opcode: frame.OPCODES.TEXT, key, payload });
                          const read = frame.readFrame(made);
                          const same = read.length === payload.length && read.fin && read.opcode === 1
                            && bytes.toHex(read.key) === '01 02 03 04'
                            && frame.unmask(read.payload, read.key).every((byte, i) => byte === payload[i]);
                          return same ? bytes.toHex(made.subarray(0, read.headerLength), '') : read;
                        })(new Uint8Array(Number.parseInt(input)).fill(7))\
                        """,
                        expected))
                .isEqualTo(List.of());
    }

    /** Hand-picked ones, each cut at every place. */
    private static Stream<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>();
        for (int first = 0; first < 256; first++) {
            frames.add(join(first, 0x02, 0x41, 0xFF));
            frames.add(join(first, 0x84, 1, 2, 3, 4, 0x02, 0xEA, 0x6B, 0x7D));
        }
        List<byte[]> cut = Stream.of(
                        "81 fe 00 0c 01 02 03 04 e3 80 af 00 f0 9f 9b 86 05 c3 a9 41",
                        "82 7f 00 00 00 00 00 00 00 02 41 42 43",
                        "82 ff ff ff ff ff ff ff ff ff 01 02 03 04 41 42",
                        "82 7f 7f ff ff ff ff ff ff ff 41",
                        "82 7f 00 20 00 00 00 00 00 01 41",
                        "88 04 03 e8 6f 6b",
                        "88 05 0f a1 c3 a9 c3",
                        "88 01 03",
                        "81 0b c0 80 ed a0 80 f4 90 80 80 ef bb bf",
                        "81 08 e2 80 8b 7f c2 ad 0a 5c",
                        "01 04 f3 a0 80 80")
                .map(Hex::bytes)
                .flatMap(frame ->
                        IntStream.rangeClosed(0, frame.length).mapToObj(length -> Arrays.copyOf(frame, length)))
                .toList();
        frames.addAll(cut);
        frames.add(join(0x82, 0x7E, 0x01, 0x00, new byte[256]));
        frames.add(join(0x81, 0x7E, 0x01, 0x00, "ü".repeat(128).getBytes(UTF_8)));
        return frames.stream();
    }

    private static Stream<byte[]> randomFrames() {
        Random random = new Random(10);
        return Stream.generate(() -> {
                    byte[] payload = new byte[random.nextInt(12)];
                    for (int i = 0; i < payload.length; i++) {
                        // Up to U+07FF only: newer characters have a category in one Unicode and none in another.
                        payload[i] = (byte) (random.nextBoolean() ? random.nextInt(128) : 0x80 + random.nextInt(0x60));
                    }
                    return join(
                            random.nextInt(256), random.nextBoolean() ? payload.length : random.nextInt(256), payload);
                })
                .limit(3_000);
    }

    private static byte[] join(Object... parts) {
        ByteBuffer joined = ByteBuffer.allocate(1024);
        for (Object part : parts) {
            if (part instanceof byte[] bytes) {
                joined.put(bytes);
            } else {
                joined.put((byte) (int) part);
            }
        }
        return Arrays.copyOf(joined.array(), joined.position());
    }

    private static List<Object> pieces(List<ExplainedBytes> explained) {
        return explained.stream().map(WordsIT::piece).toList();
    }

    private static Object piece(ExplainedBytes piece) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("offset", piece.offset());
        words.put("length", piece.length());
        words.put("label", piece.label());
        words.put("sentence", piece.sentence());
        words.put("section", piece.section());
        words.put("bits", piece.bits().stream().map(WordsIT::bits).toList());
        return words;
    }

    private static Object bits(ExplainedBytes.Bits bits) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("mask", bits.mask());
        words.put("label", bits.label());
        words.put("sentence", bits.sentence());
        words.put("section", bits.section());
        return words;
    }
}
