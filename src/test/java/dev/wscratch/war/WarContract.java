package dev.wscratch.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.browser.Browser;
import dev.wscratch.browser.EchoPage;
import dev.wscratch.browser.PagePolicy;
import dev.wscratch.client.CloseEvent;
import dev.wscratch.client.WebSocket;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.WebSocketRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the WAR does on every app server. A subclass says how its server is started and in which facts it differs; the
 * server runs once for all tests of a class, with four copies of the WAR that must not see each other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class WarContract extends DeployedWar {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int SMALL_LIMIT = 64 * 1024;

    /** The further copies, and their context parameters; the first is {@code /wscratch} with defaults. */
    private static final Map<String, Map<String, String>> CONTEXTS = Map.of(
            "small", Map.of("WSCRATCH_MAX_MESSAGE", "64KiB"),
            "large",
                    Map.of(
                            "WSCRATCH_MAX_MESSAGE", "8MiB",
                            "WSCRATCH_ORIGINS", "https://app.example",
                            "WSCRATCH_HOSTS", "dev.example",
                            "WSCRATCH_INSPECTOR", "false"),
            "wrong", Map.of("WSCRATCH_MAX_MESSAGE", "many"));

    private final Facts facts;

    /**
     * In what app servers differ.
     *
     * @param validator response header by which a browser asks whether a file changed
     * @param condition request header that carries it back
     * @param codeAtStop what an open connection is closed with when the server stops
     */
    record Facts(String validator, String condition, int codeAtStop) {}

    WarContract(Facts facts) {
        super(CONTEXTS);
        this.facts = facts;
    }

    @Test
    void theEndpointAtTheContextRootAnswersWithEchoAndTheMessage() throws Exception {
        WebSocketRecorder socket = connect("/wscratch/");
        socket.send("Hello from client!");
        assertThat(socket.nextText()).isEqualTo("Echo: Hello from client!");
        socket.send(bytes('h', 'i', 0xff));
        assertThat(socket.nextText()).isEqualTo("Echo: hi\ufffd");
    }

    @Test
    void theEchoEndpointAnswersByteForByte() throws Exception {
        WebSocketRecorder socket = connect("/wscratch/echo");
        socket.send("grüße 🙂");
        assertThat(socket.nextText()).isEqualTo("grüße 🙂");
        socket.send(bytes(0, 0xff, 0x10));
        assertThat(socket.nextBytes()).containsExactly(0, 0xff, 0x10);
        socket.send("");
        assertThat(socket.nextText()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/wscratch/", "/wscratch/echo"})
    void compressionIsNeverNegotiated(String path) throws IOException {
        try (RawPeer peer = RawPeer.connect(server().port())) {
            assertThat(peer.handshake(path, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"))
                    .startsWith("HTTP/1.1 101")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void compressionIsLeftToTheAppServerAtDeflateAndNeverAgreedOnElsewhere() throws Exception {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
        try (RawPeer peer = RawPeer.connect(server().port())) {
            assertThat(peer.handshake("/wscratch/deflate", offer)).startsWith("HTTP/1.1 101");
            peer.sendText("short");
            assertThat(peer.readFrame().opcode()).isEqualTo(RawPeer.TEXT);
        }
        for (String path : new String[] {"/wscratch/", "/wscratch/echo"}) {
            try (RawPeer peer = RawPeer.connect(server().port())) {
                assertThat(peer.handshake(path, offer))
                        .startsWith("HTTP/1.1 101")
                        .doesNotContain("deflate");
            }
        }
        WebSocketRecorder plain = connect("/wscratch/deflate");
        plain.send("grüße 🙂");
        assertThat(plain.nextText()).isEqualTo("grüße 🙂");
    }

    @Test
    void anUpgradeOfAnUnknownPathIsNotFound() throws IOException {
        try (RawPeer peer = RawPeer.connect(server().port())) {
            assertThat(peer.handshake("/wscratch/nothing")).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void theCodeOfACloseComesBack() throws Exception {
        WebSocketRecorder socket = connect("/wscratch/echo");
        socket.sendClose(4001, "schön");
        assertThat(socket.closeCode()).isEqualTo(4001);
    }

    @Test
    void theContextPathWithoutItsSlashLeadsToThePage() throws IOException {
        try (RawPeer peer = RawPeer.connect(server().port())) {
            peer.send("GET /wscratch?auto=0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(peer.readHead())
                    .startsWith("HTTP/1.1 302")
                    .containsPattern("(?i)location: [^\r\n]*/wscratch/\\?auto=0\r\n");
        }
    }

    @Test
    void ourOwnClientEchoesAndSeesTheCodeAndReasonOfEachClose() throws Exception {
        for (String path : new String[] {"/wscratch/", "/wscratch/echo"}) {
            String prefix = path.endsWith("/") ? "Echo: " : "";
            BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
            WebSocket socket = WebSocket.open(
                    "ws://127.0.0.1:" + server().port() + path,
                    ws -> ws.onmessage(event -> messages.add(event.data())));
            socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS);
            socket.send("grüße");
            assertThat(messages.poll(10, TimeUnit.SECONDS)).isEqualTo(prefix + "grüße");
            socket.send(bytes('h', 'i'));
            Object binary = messages.poll(10, TimeUnit.SECONDS);
            assertThat(prefix.isEmpty() ? binary : binary.toString())
                    .isEqualTo(prefix.isEmpty() ? bytes('h', 'i') : "Echo: hi");
            socket.close(4001, "schön");
            CloseEvent close = socket.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(close.code()).isEqualTo(4001);
            assertThat(close.reason()).isEqualTo("schön");
            assertThat(close.wasClean()).isTrue();
        }
    }

    @Test
    void ourOwnClientIsToldThatAMessageIsTooLarge() throws Exception {
        WebSocket socket = new WebSocket("ws://127.0.0.1:" + server().port() + "/small/echo");
        socket.opened().toCompletableFuture().get(10, TimeUnit.SECONDS);
        socket.send("a".repeat(SMALL_LIMIT + 1));
        assertThat(socket.closed()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .code())
                .isEqualTo(1009);
    }

    @Test
    void aPeerThatVanishesIsLoggedAs1006AndNotAsAFault() throws Exception {
        String path = "/small/echo";
        int before = server().output().length();
        try (RawPeer peer = RawPeer.open(server().port(), path)) {
            peer.sendText("soon gone");
            assertThat(peer.readFrame().text()).isEqualTo("soon gone");
            peer.reset();
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(since(before)).anyMatch(line -> line.contains("code=1006")));
        assertThat(since(before)).noneMatch(line -> line.contains("code=1011"));
        assertThat(since(before)).noneMatch(line -> line.contains("WARNING"));
    }

    /** The lines about connections that the server has written after the first {@code length} characters. */
    private List<String> since(int length) {
        return server().output()
                .substring(length)
                .lines()
                .filter(line -> line.contains("conn="))
                .toList();
    }

    @Test
    void aMessageOfOneMebibyteComesBack() throws Exception {
        WebSocketRecorder socket = connect("/wscratch/echo");
        String message = "a".repeat(MEBIBYTE);
        socket.send(message);
        assertThat(socket.nextText()).isEqualTo(message);
        socket.send(ByteBuffer.allocate(MEBIBYTE));
        assertThat(socket.nextBytes()).isEqualTo(new byte[MEBIBYTE]);
    }

    @ParameterizedTest
    @CsvSource({"/wscratch/," + MEBIBYTE, "/wscratch/echo," + MEBIBYTE, "/small/echo," + SMALL_LIMIT})
    void aMessageOverTheLimitOfItsDeploymentIsAnsweredWith1009(String path, int limit) throws Exception {
        WebSocketRecorder text = connect(path);
        text.send("a".repeat(limit + 1));
        assertThat(text.closeCode()).isEqualTo(1009);
        WebSocketRecorder binary = connect(path);
        binary.send(ByteBuffer.allocate(limit + 1));
        assertThat(binary.closeCode()).isEqualTo(1009);
    }

    @Test
    void aMessageAtTheLimitOfItsDeploymentComesBack() throws Exception {
        WebSocketRecorder socket = connect("/small/echo");
        String message = "a".repeat(SMALL_LIMIT);
        socket.send(message);
        assertThat(socket.nextText()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {4 * MEBIBYTE, 8 * MEBIBYTE})
    void aLargeMessageComesBackWhereTheLimitWasRaised(int bytes) throws Exception {
        WebSocketRecorder socket = connect("/large/echo");
        String message = "0123456789abcdef".repeat(bytes / 16);
        socket.send(message);
        assertThat(socket.nextText()).isEqualTo(message);
        byte[] pattern = message.getBytes(StandardCharsets.US_ASCII);
        socket.send(ByteBuffer.wrap(pattern));
        assertThat(socket.nextBytes()).isEqualTo(pattern);
    }

    /** The first one, so that no session has been logged before. */
    @Test
    @Order(1)
    void aPageOfAnotherOriginIsRefusedAndNoSessionOpens() throws IOException {
        String own = "Origin: http://127.0.0.1:" + server().port();
        for (String header : List.of(
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: https://127.0.0.1:" + server().port(),
                "Origin: http://127.0.0.1",
                own + "\r\nOrigin: http://evil.example")) {
            try (RawPeer peer = RawPeer.connect(server().port())) {
                peer.send(RawPeer.request(server().port(), "/wscratch/echo", header));
                assertThat(peer.readResponse())
                        .startsWith("HTTP/1.1 403")
                        .containsIgnoringCase("\r\nContent-Length: ")
                        .containsIgnoringCase("\r\nConnection: close\r\n")
                        .contains("Origin", "(RFC 645", "Try this: ")
                        .endsWith("\n");
                assertThat(peer.readsEnd()).isTrue();
            }
        }
        try (RawPeer peer = RawPeer.open(server().port(), "/wscratch/echo")) {
            peer.sendText("the line of this session comes after that of any before");
            assertThat(peer.readFrame().opcode()).isEqualTo(RawPeer.TEXT);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> openedSessions() > 0);
        assertThat(openedSessions()).isEqualTo(1);
    }

    private long openedSessions() {
        return server().output()
                .lines()
                .filter(line -> line.contains("open conn="))
                .count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Origin: http://127.0.0.1:PORT", "origin: HTTP://127.0.0.1:PORT", "X-Without-Origin: allowed"})
    void thePageItselfAndProgramsWithoutAnOriginMayConnect(String header) throws IOException {
        try (RawPeer peer = RawPeer.connect(server().port())) {
            assertThat(peer.handshake("/wscratch/echo", header.replace("PORT", "" + server().port())))
                    .startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void aListedOriginMayConnectWhereItIsListed() throws IOException {
        try (RawPeer peer = RawPeer.connect(server().port())) {
            assertThat(peer.handshake("/large/echo", "Origin: https://app.example"))
                    .startsWith("HTTP/1.1 101");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/wscratch/, proxied.example, 200",
        "/large/, proxied.example, 403",
        "/large/, dev.example, 200",
        "/large/, localhost, 200"
    })
    void theNameOfTheServerIsJudgedOnlyWhereNamesAreListed(String path, String host, int status) throws IOException {
        try (RawPeer peer = RawPeer.connect(server().port())) {
            peer.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(peer.readHead()).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void aWrongSettingFailsItsDeploymentWithOneClearMessage() throws Exception {
        assertThat(get("/wrong/").statusCode()).isEqualTo(404);
        assertThat(server().output())
                .contains("WSCRATCH_MAX_MESSAGE: expected a size from 1 to 2147483647 bytes, such as 65536, 64KB or"
                        + " 1MiB, got \"many\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/wscratch/, text/html",
        "/wscratch/index.html, text/html",
        "/wscratch/style.css, text/css",
        "/wscratch/main.js, (text|application)/javascript",
        "/wscratch/favicon.svg, image/svg\\+xml"
    })
    void theFilesOfThePageHaveTheirTypesAndHeaders(String path, String type) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).matches(type + "(;.*)?");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
        HttpResponse<String> again = get(path, facts.condition(), header(answer, facts.validator()));
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void theInspectorIsThereUnlessItIsSwitchedOff() throws Exception {
        for (String context : List.of("wscratch", "large")) {
            try (RawPeer peer = RawPeer.connect(server().port())) {
                String answer =
                        peer.handshake("/" + context + "/inspect", "Sec-WebSocket-Protocol: wscratch.inspect.v1");
                assertThat(answer).startsWith(context.equals("large") ? "HTTP/1.1 404" : "HTTP/1.1 101");
            }
            assertThat(get("/" + context + "/server.json").body())
                    .as("what the page reads before it tries")
                    .contains("\"inspector\": " + !context.equals("large"));
        }
    }

    @Test
    void theHeaderSaysTheSamePolicyAsThePage() throws Exception {
        assertThat(PagePolicy.directives(header(get("/wscratch/"), "Content-Security-Policy")))
                .isEqualTo(PagePolicy.expected());
    }

    @Test
    void theClassesOfTheWebApplicationAreNotServed() throws Exception {
        assertThat(get("/wscratch/WEB-INF/classes/dev/wscratch/endpoint/Echo.class")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void thePageFindsItsServerUnderTheContextPath() {
        try (Browser browser = Browser.start()) {
            EchoPage page = EchoPage.open(browser, server().page("/wscratch/")).awaitState("OPEN");
            assertThat(page.url()).isEqualTo(server().socket("/wscratch/echo").toString());
            page.awaitMessage("Hello");
            assertThat(browser.find("#story-text").getText()).contains("This server does not show its side");
            page.close("4001", "done").awaitRow("onclose", "code 4001, reason \"done\", wasClean true");
            page.connectTo(server().socket("/wscratch/").toString())
                    .awaitState("OPEN")
                    .send("hi")
                    .awaitMessage("Echo: hi");
            page.connectOrDisconnect()
                    .awaitState("CLOSED")
                    .connectTo(server().socket("/wscratch/echo").toString())
                    .awaitState("OPEN")
                    .sendBinary("00 ff 10")
                    .awaitRow("onmessage", "00 ff 10");
        }
    }

    /** The last one, since it stops the server(). */
    @Test
    @Order(Integer.MAX_VALUE)
    void anOpenConnectionSeesTheServerStop() throws Exception {
        WebSocketRecorder socket = connect("/wscratch/echo");
        server().close();
        assertThat(socket.closeCode()).isEqualTo(facts.codeAtStop());
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        URI address = server().page(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http().send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers()
                .firstValue(name)
                .orElseThrow(() -> new AssertionError("no header " + name + " in " + answer.headers()));
    }
}
