package dev.wscratch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadGeneratorTest {
    @ParameterizedTest
    @CsvSource({"1, MINUTES", "61, SECONDS", "61, MINUTES", "23, HOURS"})
    void aLatencyOfMinutesOrHoursIsKeptWithinATenthOfAPercent(long time, TimeUnit unit) {
        Histogram micros = LoadGenerator.histogram();
        LoadGenerator.record(micros, unit.toNanos(time));
        assertThat((double) micros.getMaxValue()).isCloseTo((double) unit.toMicros(time), withPercentage(0.1));
    }

    @Test
    void moreThanADayCountsAsADayAndLessThanAMicrosecondAsOne() {
        Histogram micros = LoadGenerator.histogram();
        LoadGenerator.record(micros, TimeUnit.DAYS.toNanos(3));
        LoadGenerator.record(micros, 1);
        LoadGenerator.record(micros, -1);
        assertThat(micros.getTotalCount()).isEqualTo(3);
        assertThat(micros.getMinValue()).isEqualTo(1);
        assertThat((double) micros.getMaxValue()).isCloseTo((double) TimeUnit.DAYS.toMicros(1), withPercentage(0.1));
    }
}
