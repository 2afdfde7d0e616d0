package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.peer.NodeFolder;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TlsSettings.ClientCertificates;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Node's {@code ws} package, the most used client, against our server. */
class NodeWsIT {
    private static NodeFolder node;

    @BeforeAll
    static void installWs() throws Exception {
        node = installed();
    }

    /** With the programs of all tests here, and the page's modules that they use. */
    static NodeFolder installed() throws Exception {
        NodeFolder folder =
                NodeFolder.install("node", "client.mjs", "sizes.mjs", "deflate.mjs", "faults.mjs", "talk.mjs");
        for (String file : List.of("message.js", "cbor.js", "wire/bytes.js")) {
            folder.copy(Path.of("webapp"), file);
        }
        return folder;
    }

    @Test
    void theRootAnswersEachMessageAsTheTutorialDoes() throws Exception {
        List<String> lines = talkTo("/");
        assertThat(lines).hasSize(6);
        assertThat(lines.subList(0, 3)).containsExactly("extensions \"\"", "text Echo: Hello", "text Echo: Grüße 🙂");
        assertThat(lines.get(3)).startsWith("text Echo: \0");
        assertThat(lines.get(4)).isEqualTo("text 1048582 bytes, the last 7");
        assertThat(lines.get(5)).startsWith("close 4001");
    }

    @Test
    void echoAnswersTextAsTextAndBinaryAsBinary() throws Exception {
        List<String> lines = talkTo("/echo");
        assertThat(lines.get(5)).startsWith("close 4001");
        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "extensions \"\"",
                        "text Hello",
                        "text Grüße 🙂",
                        "binary 00ff8041",
                        "binary 1048576 bytes, the last 7");
    }

    @Test
    void wssWorksWithTheDevelopmentCertificateAsAnExtraAuthorityAndNotWithoutIt(@TempDir Path folder) throws Exception {
        SelfSigned development = new SelfSigned(folder);
        try (WscratchServer server = WscratchServer.builder()
                .port(0)
                .maxMessage(2 << 20)
                .tls(new TlsSettings(0, development, ClientCertificates.NONE))
                .start()) {
            String url = "wss://localhost:" + server.tlsPort() + "/echo";
            ProcessBuilder builder = node.program("client.mjs", url);
            try (Program stranger = Program.start(builder)) {
                assertThat(stranger.exitCode(30)).isEqualTo(1);
                assertThat(stranger.err()).contains("self-signed certificate");
            }
            builder.environment()
                    .put("NODE_EXTRA_CA_CERTS", development.certificate().toString());
            try (Program program = Program.start(builder)) {
                assertThat(program.exitCode(30)).as("" + program.err()).isZero();
                assertThat(program.out()).contains("text Grüße 🙂", "binary 1048576 bytes, the last 7");
            }
        }
    }

    @Test
    void messagesFromNothingToSixteenMebibytesComeBackAsTheyWere() throws Exception {
        List<Integer> lengths = List.of(0, 1, 125, 126, 65_535, 65_536, 1 << 20, 4 << 20, 16 << 20);
        List<String> expected = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of("sizes.mjs"));
        try (WscratchServer server =
                WscratchServer.builder().port(0).maxMessage(16 << 20).start()) {
            command.add(server.uri("/echo").toString());
            for (int length : lengths) {
                command.add(Integer.toString(length));
                expected.add("text " + length + " same");
                expected.add("binary " + length + " same");
            }
            expected.add("close 4001");
            try (Program program = Program.start(node.program(command.toArray(new String[0])))) {
                assertThat(program.exitCode(60)).as("" + program.err()).isZero();
                assertThat(program.out()).isEqualTo(expected);
            }
        }
    }

    /** What ws asks for, and what our answer is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {}                                   | 16777216 |
            {"serverNoContextTakeover": true}    | 1048576  | ; server_no_context_takeover
            {"clientNoContextTakeover": true}    | 1048576  | ; client_no_context_takeover
            {"serverNoContextTakeover": true, "clientNoContextTakeover": true} | 16777216 | ; server_no_context_takeover; client_no_context_takeover
            {"serverMaxWindowBits": 9}           | 16777216 | ; server_max_window_bits=9
            {"serverMaxWindowBits": 9, "serverNoContextTakeover": true, "clientNoContextTakeover": true, "clientMaxWindowBits": 9} | 16777216 | ; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9
            {"serverMaxWindowBits": 12}          | 1048576  | ; server_max_window_bits=12
            """)
    void deflateAnswersEverySizeEqualWhateverIsAgreed(String options, int largest, @Nullable String agreed)
            throws Exception {
        try (WscratchServer server =
                        WscratchServer.builder().port(0).maxMessage(largest).start();
                Program program = Program.start(node.program(
                        "deflate.mjs", server.uri("/deflate").toString(), Integer.toString(largest), options))) {
            assertThat(program.exitCode(120)).as("" + program.err()).isZero();
            assertThat(program.out())
                    .containsExactly(
                            "extensions permessage-deflate",
                            "agreed permessage-deflate" + (agreed == null ? "" : agreed),
                            "equal " + (largest > 1 << 20 ? 68 : 64),
                            "shorter true",
                            "close 1000");
        }
    }

    @ParameterizedTest
    @CsvSource({"json, text", "cbor, binary"})
    void talkAnswersInObjectsByThePagesOwnModules(String format, String kind) throws Exception {
        try (WscratchServer server = WscratchServer.builder().port(0).start();
                Program program = Program.start(
                        node.program("talk.mjs", server.uri("/talk").toString(), format))) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            String rightFrame =
                    format.equals("json") ? "text message with one JSON object" : "binary message with one CBOR map";
            assertThat(program.out())
                    .containsExactly(
                            "subprotocol wscratch.v1." + format,
                            kind + " {\"type\":\"echo\",\"text\":\"Grüße 🙂\"}",
                            kind + " {\"type\":\"pong\",\"stamp\":17} now",
                            kind + " {\"type\":\"progress\",\"name\":\"notes.txt\",\"received\":6}",
                            kind + " {\"type\":\"progress\",\"name\":\"notes.txt\",\"received\":8}",
                            kind + " {\"type\":\"result\",\"name\":\"notes.txt\",\"size\":8,\"sha256\":"
                                    + "\"c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8\",\"lines\":2}",
                            kind + " {\"type\":\"problem\",\"code\":\"unknown-operation\",\"expected\":"
                                    + "\"one of the operations echo, ping, live and file\",\"at\":\"/type\"}",
                            kind + " {\"type\":\"live\",\"on\":true,\"every\":100}",
                            kind + " {\"type\":\"problem\",\"code\":\"wrong-format\",\"expected\":\"a " + rightFrame
                                    + " (wscratch.v1." + format + ")\",\"at\":\"\"}",
                            kind + " {\"type\":\"time\",\"skipped\":0} now",
                            "close 4001");
        }
    }

    private static List<String> talkTo(String path) throws Exception {
        try (WscratchServer server =
                        WscratchServer.builder().port(0).maxMessage(2 << 20).start();
                Program program = Program.start(
                        node.program("client.mjs", server.uri(path).toString()))) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            return List.copyOf(program.out());
        }
    }
}
