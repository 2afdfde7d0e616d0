package dev.wscratch.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.bench.Load;
import dev.wscratch.peers.Measurement.Rounds;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static Measurement measured(long messages, double serverCpu, double generatorCpu) {
        return new Measurement(
                Peer.NETTY, Load.parse("c1p1s64b"), 1, messages, 2, serverCpu, generatorCpu, 1, 2, Double.NaN);
    }

    @Test
    void theFigureIsMessagesPerCpuSecondOfTheServer() {
        assertThat(measured(3000, 1.5, 1).messagesPerCpuSecond()).isEqualTo(2000);
    }

    @Test
    void theGeneratorIsTheBottleneckWhenItsCoreIsBusyAndTheServersIsNot() {
        assertThat(measured(1, 1.5, 1.95).isGeneratorBound()).isTrue();
        assertThat(measured(1, 1.95, 1.95).isGeneratorBound()).isFalse();
        assertThat(measured(1, 1.5, 1).isGeneratorBound()).isFalse();
    }

    @Test
    void roundsAreToldByTheirMedianAndSpread() {
        Rounds rounds = new Rounds(List.of(measured(100, 1, 1), measured(300, 1, 1), measured(110, 1, 1)));
        assertThat(rounds.median(Measurement::messages)).isEqualTo(110);
        assertThat(rounds.spread(Measurement::messages)).isEqualTo(190 / 110.0);
    }
}
