package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What axe-core says of the page. */
@Timeout(180)
class AccessibilityIT extends ServedPage {
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    AccessibilityIT() {
        super(WscratchServer.builder().inspector(true).faults(true), 1280, 900);
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, light", "1280, 900, dark", "320, 640, light", "320, 640, dark"})
    void axeFindsNoSeriousIssue(int width, int height, String scheme) throws Exception {
        browser.viewport(width, height);
        browser.colours(scheme);
        told();
        browser.run(resource(AXE));
        for (String view : List.of("try", "wire", "dock")) {
            click("#view-" + view);
            assertThat(issues()).as(view).isEqualTo(List.of());
        }
        for (String panel : List.of("lessons", "break", "talk", "server", "help")) {
            click("#tab-" + panel);
            await().atMost(DEADLINE)
                    .until(() -> !browser.find("#" + panel + "-panel").getText().isEmpty());
            assertThat(issues()).as(panel).isEqualTo(List.of());
        }
        // Of axe itself, which draws text to compare it.
        browser.expectComplaint("willReadFrequently");
    }

    private @Nullable Object issues() {
        return browser.run(
                """
                return axe.run().then(({ violations }) => violations
                  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                  .map(({ id, nodes }) => id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join(' | ')));
                """);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AccessibilityIT.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
