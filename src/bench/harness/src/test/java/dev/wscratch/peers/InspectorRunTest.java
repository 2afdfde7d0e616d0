package dev.wscratch.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.bench.Load;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectorRunTest {
    private static Measurement measured(int round, long messages) {
        return new Measurement(Peer.WSCRATCH, Load.parse("c1p1s64b"), round, messages, 1, 1, 1, 1, 2, Double.NaN);
    }

    @Test
    void ratiosAreThoseOfTheSameRoundInWhateverOrderItRan() {
        assertThat(InspectorRun.ratios(
                        List.of(measured(1, 90), measured(2, 220)), List.of(measured(2, 200), measured(1, 100))))
                .containsExactly(0.9, 1.1);
    }
}
