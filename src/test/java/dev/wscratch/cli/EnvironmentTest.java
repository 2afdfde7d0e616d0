package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private final Environment both = new Environment(Map.of("WSCRATCH_PORT", "1", "PORT", "2"));

    @Test
    void anOptionWinsOverEveryVariable() {
        assertThat(both.value("--port", "3", "8080")).isEqualTo(new Value("--port", "3"));
    }

    @Test
    void ourVariableWinsOverPort() {
        assertThat(both.value("--port", null, "8080")).isEqualTo(new Value("WSCRATCH_PORT", "1"));
    }

    @Test
    void portIsRespectedForThePortOnly() {
        Environment platform = new Environment(Map.of("PORT", "2"));
        assertThat(platform.value("--port", null, "8080")).isEqualTo(new Value("PORT", "2"));
        assertThat(platform.value("--max-message", null, "1MiB").text()).isEqualTo("1MiB");
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        assertThat(new Environment(Map.of("WSCRATCH_HOST", "")).value("--host", null, "127.0.0.1"))
                .isEqualTo(new Value("default of --host", "127.0.0.1"));
    }

    @Test
    void theNameOfAnOptionIsWrittenWithUnderscores() {
        assertThat(new Environment(Map.of("WSCRATCH_MAX_MESSAGE", "9")).value("--max-message", null, "1"))
                .isEqualTo(new Value("WSCRATCH_MAX_MESSAGE", "9"));
    }
}
