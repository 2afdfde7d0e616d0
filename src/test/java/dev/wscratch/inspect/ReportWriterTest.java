package dev.wscratch.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.JsonValue;
import org.junit.jupiter.api.Test;

class ReportWriterTest {
    /** Found by review: lessons sent twice as many pings as an app server was said to take, which was 2147483647. */
    @Test
    void whatAnAppServerDoesNotSayOfItselfIsNull() {
        assertThat(JsonValue.object(ReportWriter.json(new Report.Watching(About.ofApplication(65_536)))))
                .containsEntry("maxMessage", 65_536L)
                .containsEntry("controlRate", null)
                .containsEntry("tls", null)
                .containsEntry("frames", false);
    }
}
