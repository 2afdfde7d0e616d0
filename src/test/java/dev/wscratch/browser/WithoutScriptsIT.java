package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.server.WscratchServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page where scripts do not run: a text with an example, and nothing that would not answer. */
@Timeout(60)
class WithoutScriptsIT {
    @Test
    void theStandardsOwnHelloIsExplainedAndNothingElseIsOffered() throws Exception {
        try (WscratchServer server = ServedPage.onLoopback(WscratchServer.builder());
                Browser browser = Browser.startWithoutScripts()) {
            browser.viewport(1280, 900);
            browser.open(server.page());
            String text = browser.find("body").getText();
            assertThat(text)
                    .contains("JavaScript is switched off", "“Hello”, as a browser sends it", "RFC 6455 §5.7")
                    .contains("1000 0001", "The masking key, four random bytes", "7f ⊕ 37 = 48", "81 05 48 65 6c 6c 6f")
                    .doesNotContain("Watch.", "Connect", "Timeline", "Lessons", "Try it");
            assertThat(browser.find("#sample .sample-bytes").getText().replaceAll("\\s+", " "))
                    .isEqualTo("81 85 37 fa 21 3d 7f 9f 4d 51 58");
            for (int width : List.of(1280, 320)) {
                browser.viewport(width, 640);
                assertThat(
                                browser.run(
                                        """
                                return Array.from(document.querySelectorAll('button, input, textarea, select, a, [tabindex]'))
                                  .filter(one => one.matches(':not(.scroll)') && one.getClientRects().length > 0).map(one => one.outerHTML);
                                """))
                        .as("what can be pressed at " + width + " px")
                        .isEqualTo(List.of());
                assertThat(browser.run(
                                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                        .isEqualTo(0L);
            }
        }
    }
}
