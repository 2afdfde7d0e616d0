package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A server and a browser for all tests of a class; what the page complains of fails the test in which it did. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServedPage {
    static final Duration DEADLINE = Duration.ofSeconds(20);

    private final WscratchServer.Builder builder;
    private final int width;
    private final int height;

    WscratchServer server;
    Browser browser;

    /**
     * Starts nothing yet.
     *
     * @param builder of the server; it gets a free port on loopback
     * @param width of the viewport before each test, in CSS pixels
     * @param height as above
     */
    ServedPage(WscratchServer.Builder builder, int width, int height) {
        this.builder = builder;
        this.width = width;
        this.height = height;
    }

    @BeforeAll
    void startServer() throws IOException {
        server = onLoopback(builder);
    }

    static WscratchServer onLoopback(WscratchServer.Builder builder) throws IOException {
        return builder.host("127.0.0.1").port(0).start();
    }

    /** Not once for all before the first: where there is no browser, each test is reported as skipped, with the reason. */
    @BeforeEach
    void startBrowser() {
        if (browser == null) {
            browser = Browser.start();
        }
        browser.forget(server.page());
        browser.viewport(width, height);
    }

    /** The page after its story: it has connected, and its Hello has come back. */
    final EchoPage told() {
        EchoPage page = EchoPage.open(browser, server.page());
        await("the story").atMost(DEADLINE).until(() -> Objects.equals(browser.run("return lab.rows.length"), 7L));
        return page;
    }

    /** Also where it is not in view. */
    final void click(String selector) {
        browser.run("document.querySelector(arguments[0]).click()", selector);
    }

    @AfterEach
    void noComplaint() {
        if (browser != null) {
            browser.assertNoComplaint();
        }
    }

    @AfterAll
    void stop() {
        try (WscratchServer stopped = server) {
            assertThat(stopped).as("the server").isNotNull();
            if (browser != null) {
                browser.close();
            }
        }
    }
}
