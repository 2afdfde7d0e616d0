package dev.wscratch.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentilesAreThoseOfAll() {
        Latencies latencies = new Latencies();
        for (int millis = 2_000; millis > 0; millis--) {
            latencies.add(millis * 1_000_000L);
        }
        assertThat(latencies.count()).isEqualTo(2_000);
        assertThat(latencies.percentile(0.5)).isEqualTo(1_000);
        assertThat(latencies.percentile(0.99)).isEqualTo(1_980);
        assertThat(latencies.percentile(1)).isEqualTo(2_000);
    }

    @Test
    void ofNothingTheyAreNothing() {
        Latencies latencies = new Latencies();
        latencies.add(5);
        latencies.clear();
        assertThat(latencies.count()).isZero();
        assertThat(latencies.percentile(0.99)).isZero();
    }
}
