package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void theFirstVariableThatIsSetCounts() {
        Environment both = new Environment(Map.of("WSCRATCH_PORT", "1", "PORT", "2"));
        assertThat(both.first("WSCRATCH_PORT", "PORT")).contains(new Value("WSCRATCH_PORT", "1"));
        assertThat(new Environment(Map.of("PORT", "2")).first("WSCRATCH_PORT", "PORT"))
                .contains(new Value("PORT", "2"));
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        assertThat(new Environment(Map.of("WSCRATCH_PORT", "", "PORT", "2")).first("WSCRATCH_PORT", "PORT"))
                .contains(new Value("PORT", "2"));
        assertThat(new Environment(Map.of()).first("PORT")).isEmpty();
    }
}
