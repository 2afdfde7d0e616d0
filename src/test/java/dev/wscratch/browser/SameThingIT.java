package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.Program;
import dev.wscratch.Requires;
import dev.wscratch.cli.Main;
import dev.wscratch.server.WscratchServer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the page offers as the same thing in JavaScript, Java, a shell and hex does the same: each is run, and the server
 * hears four times the very thing that the page sent.
 */
@Timeout(180)
class SameThingIT extends ServedPage {
    private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

    private static final String JAVA =
            """
            import dev.wscratch.client.WebSocket;
            import java.util.concurrent.CompletableFuture;

            public class Same {
                public static void main(String[] arguments) throws Exception {
                    var socket = new WebSocket(arguments[0]);
                    var answer = new CompletableFuture<Void>();
                    socket.onmessage(event -> answer.complete(null));
                    socket.onclose(event -> answer.complete(null));
                    socket.opened().toCompletableFuture().join();
                    %s
                    answer.join();
                    socket.close();
                    socket.closed().toCompletableFuture().join();
                }
            }
            """;

    private static final String JS =
            """
            const socket = new WebSocket(process.argv[2]);
            socket.onmessage = () => socket.close();
            socket.onopen = () => {
            %s
            };
            """;

    @TempDir
    private Path folder;

    SameThingIT() {
        super(WscratchServer.builder().inspector(true).endpoint(Listener.class), 1280, 900);
    }

    /** Writes down what it hears, and says it back. */
    @ServerEndpoint("/listener")
    public static final class Listener {
        @OnMessage
        public String onText(String text) {
            HEARD.add("text " + text);
            return text;
        }

        @OnMessage
        public ByteBuffer onBinary(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            HEARD.add("binary " + HexFormat.of().formatHex(copy));
            return bytes;
        }

        @OnClose
        public void onClose(CloseReason reason) {
            // Those who sent a message leave with this or with nothing.
            HEARD.add("close " + reason.getCloseCode().getCode() + " " + reason.getReasonPhrase());
        }
    }

    @BeforeEach
    void connect() throws IOException {
        EchoPage.open(browser, server.page().resolve("?auto=0"))
                .connectTo(server.uri("/listener").toString())
                .awaitState("OPEN");
        HEARD.clear();
        // As the distribution has it.
        Path command = Files.writeString(
                folder.resolve("wscratch"),
                "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
                        .formatted(Program.javaCommand(), System.getProperty("java.class.path"), Main.class.getName()));
        assertThat(command.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "it's \"quoted\" `id` $(id) $HOME \\ %s !! #",
                "two\nlines\tand 🙂 grü\r\n",
                "\\u0041 \\\u0001 \u2028 \u202e",
                "@message.txt",
                "-",
                "--help"
            })
    void aText(String text) throws Exception {
        Files.writeString(folder.resolve("message.txt"), text);
        browser.run("lab.send(arguments[0])", text);
        Map<String, String> codes = codes();
        everyoneSays("text " + text, codes);
        assertThat(new String(payload(codes), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00ff10270a24", ""})
    void bytes(String hex) throws Exception {
        browser.run("lab.send(Uint8Array.from(arguments[0].match(/../g) ?? [], pair => parseInt(pair, 16)))", hex);
        Map<String, String> codes = codes();
        everyoneSays("binary " + hex, codes);
        assertThat(HexFormat.of().formatHex(payload(codes))).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's $(id) \"done\" 🙂", ""})
    void aClose(String reason) throws Exception {
        browser.run("lab.close(4001, arguments[0])", reason);
        Map<String, String> codes = codes();
        everyoneSays("close 4001 " + reason, codes);
        byte[] payload = payload(codes);
        assertThat(ByteBuffer.wrap(payload).getShort()).isEqualTo((short) 4001);
        assertThat(new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8))
                .isEqualTo(reason);
    }

    @Test
    void whatIsOfferedForEveryOtherRowIsAtLeastCode() throws Exception {
        List<?> offered = (List<?>)
                Objects.requireNonNull(
                        browser.run(
                                """
                return Promise.all(['pane/samein', 'pane/frameview', 'wire/bytes', 'wire/frame'].map(name => import(`./${name}.js`)))
                  .then(([{ sameIn }, { FrameView }, { fromHex }, { readFrame }]) => {
                    const frames = ['89 82 00 00 00 00 68 69', '8a 80 00 00 00 00', '88 80 00 00 00 00', '01 81 00 00 00 00 61', '81 01 61',
                      '82 01 61', '88 02 03 e8', '89 00', 'b1 01 41', '83 81 00 00 00 00 61'];
                    const rows = frames.map(fromHex).map(bytes => ({
                      kind: 'frame', bytes, length: bytes.length, frame: readFrame(bytes), message: bytes[0] & 15,
                      direction: bytes[1] & 128 ? 'sent' : 'received', ...((bytes[0] & 0x70) && { broken: 'RESERVED_BIT_SET' }),
                    }));
                    rows.push(lab.rows.find(row => row.kind === 'handshake'));
                    return rows.map(row => sameIn(row, row.kind === 'frame' ? FrameView.plain(row) : null, 'ws://localhost:1/')
                      .map(({ code }) => code));
                  });
                """));
        assertThat(offered).hasSize(11);
        Path node = Requires.program("NODE", "node");
        for (Object one : offered) {
            List<?> codes = (List<?>) one;
            Path script = Files.writeString(folder.resolve("row.js"), "" + codes.get(0));
            run(node.toString(), "--check", script.toString());
            String java = String.valueOf(codes.get(1));
            compile(
                    java.contains("new WebSocket")
                            ? "import dev.wscratch.client.WebSocket;\nclass Row { void row() { %s } }".formatted(java)
                            : "class Row { void row(dev.wscratch.client.WebSocket socket) {\n%s\n} }".formatted(java),
                    "Row");
            run(
                    "sh",
                    "-n",
                    Files.writeString(folder.resolve("row.sh"), "" + codes.get(2))
                            .toString());
        }
    }

    private void everyoneSays(String wanted, Map<String, String> codes) throws Exception {
        assertHeard("the page", wanted);
        String url = server.uri("/listener").toString();
        String program = JS.formatted(codes.get("js"));
        run(
                Requires.program("NODE", "node").toString(),
                "--experimental-websocket",
                "--no-warnings",
                Files.writeString(folder.resolve("same.mjs"), program).toString(),
                url);
        assertHeard("JavaScript: " + codes.get("js"), wanted);
        compile(JAVA.formatted(codes.get("java")), "Same");
        runJava(url);
        assertHeard("Java: " + codes.get("java"), wanted);
        assertThat(codes.get("wscratch")).contains(url).contains("wscratch explain ");
        run(
                "sh",
                Files.writeString(folder.resolve("same.sh"), "set -e\n" + codes.get("wscratch"))
                        .toString());
        assertHeard("the shell: " + codes.get("wscratch"), wanted);
    }

    /** The first that came; what follows is the farewell of whoever said it. */
    private static void assertHeard(String by, String wanted) throws InterruptedException {
        assertThat(HEARD.poll(20, TimeUnit.SECONDS)).as("heard of " + by).isEqualTo(wanted);
        if (!wanted.startsWith("close") && !by.equals("the page")) {
            assertThat(HEARD.poll(20, TimeUnit.SECONDS)).as("the end of " + by).startsWith("close ");
        }
    }

    /** What the page shows for the newest frame that it sent, by the name of the tab. */
    @SuppressWarnings("unchecked") // the script returns a map of strings
    private Map<String, String> codes() {
        String wanted = "return document.querySelector('#rows .row.sent.is-frame') !== null";
        await().atMost(DEADLINE).until(() -> Boolean.TRUE.equals(browser.run(wanted)));
        return (Map<String, String>)
                Objects.requireNonNull(
                        browser.run(
                                """
                document.querySelector('#rows .row.sent.is-frame').click();
                return Object.fromEntries([...document.querySelectorAll('#wire .same-tab')].map(tab => {
                  tab.click();
                  return [tab.dataset.id, document.querySelector('#wire .same-code').textContent];
                }));
                """));
    }

    /** Of the frame that the hex tab shows: a short one, masked. */
    private static byte[] payload(Map<String, String> codes) {
        byte[] frame =
                HexFormat.of().parseHex(Objects.requireNonNull(codes.get("hex")).replaceAll("\\s", ""));
        assertThat(frame[1] & 0xff).isEqualTo(0x80 | frame.length - 6);
        byte[] plain = new byte[frame.length - 6];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (frame[6 + i] ^ frame[2 + i % 4]);
        }
        return plain;
    }

    /** In this very process, which has the client on its class path. */
    private void runJava(String url) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Same").getMethod("main", String[].class).invoke(null, (Object) new String[] {url});
        }
    }

    private void compile(String source, String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                folder.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                file.toString()))
                .as(source)
                .isZero();
    }

    private void run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        builder.environment().keySet().removeIf(name -> name.startsWith("WSCRATCH_"));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try (Program program = Program.start(builder)) {
            assertThat(program.exitCode(30))
                    .as(String.join(" ", command) + "\n" + program.err())
                    .isZero();
        }
    }
}
