package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.wscratch.browser.EchoPage.Row;
import dev.wscratch.server.WscratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each tab of the composer, and the two clients that it may send for. */
@Timeout(180)
class ComposerIT extends ServedPage {
    ComposerIT() {
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
    void twoClientsHaveAConnectionEach() {
        EchoPage page = told();
        click("#clients [value=B]");
        assertThat(page.state()).isEqualTo("CLOSED");
        page.connectOrDisconnect().awaitState("OPEN").send("from B").awaitMessage("from B");
        assertThat(browser.run("return [lab.state('A'), lab.state('B')]")).isEqualTo(List.of("OPEN", "OPEN"));
        click("#clients [value=A]");
        assertThat(page.state()).isEqualTo("OPEN");
    }
}
