package dev.wscratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequiresTest {
    @Test
    void aProgramIsFoundOnThePath() {
        assertThat(Requires.program("WSCRATCH_NO_SUCH_VARIABLE", "no-such-program", "sh"))
                .isExecutable()
                .hasFileName("sh");
    }

    @Test
    void theReasonForAMissingProgramSaysWhereItWasLookedFor() {
        assertThatThrownBy(() -> Requires.program("WSCRATCH_NO_SUCH_VARIABLE", "no-such-program"))
                .hasMessageContaining("no-such-program is missing: expected it on the PATH as no-such-program, or its"
                        + " path in the environment as WSCRATCH_NO_SUCH_VARIABLE");
    }
}
