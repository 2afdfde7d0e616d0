package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchAssertionTest {
    private static BenchAssertion parse(String text) {
        return BenchAssertion.parse(new Value("--assert", text));
    }

    @ParameterizedTest
    @CsvSource({
        "p99<20ms, p99<20ms",
        "P99.9 <= 0.5s, p99.9<=500ms",
        "max<1500us, max<1.5ms",
        " rate >= 5000 /s, rate>=5000",
        "rate>0.5, rate>0.5"
    })
    void aBoundIsReadAndSaidInMillisecondsOrPerSecond(String text, String said) {
        assertThat(parse(text)).hasToString(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "p99", "p99<20", "p100<1ms", "rate<5ms", "max=1s", "p99<-1ms", "p99<1e3ms", "p99<20ms;"})
    void whatIsNoBoundIsAMistakeWithAnExample(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--assert: expected a bound such as p99<20ms");
    }

    @Test
    void aLatencyIsComparedAsItIs() {
        assertThat(parse("p50<=2ms").holds(BenchReportTest.result(5_000, 10))).isTrue();
        assertThat(parse("p50<2ms").holds(BenchReportTest.result(5_000, 10))).isFalse();
        assertThat(parse("max>2ms").holds(BenchReportTest.result(5_000, 10))).isFalse();
    }

    @Test
    void aRateThatIsMissedByRoundingIsNotMissed() {
        // 49,999 messages in 10 s.
        assertThat(parse("rate>=5000").holds(BenchReportTest.result(5_000, 49_999)))
                .isTrue();
        assertThat(parse("rate<=4999").holds(BenchReportTest.result(5_000, 49_999)))
                .isTrue();
        assertThat(parse("rate>5000").holds(BenchReportTest.result(5_000, 49_999)))
                .isFalse();
        assertThat(parse("rate>=5000").holds(BenchReportTest.result(5_000, 49_000)))
                .isFalse();
    }
}
