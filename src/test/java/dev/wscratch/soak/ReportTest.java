package dev.wscratch.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Sample sample(double seconds, double heap) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            values.put(measure, 0.0);
        }
        values.put(Measure.HEAP, heap);
        return new Sample(seconds, values, Math.round(seconds * 100), Math.round(seconds));
    }

    private static Report report(double heapPerSecond) {
        List<Sample> during = IntStream.range(0, 30)
                .mapToObj(i -> sample(2 * i, 1_000 + i * heapPerSecond))
                .toList();
        Judge judge = new Judge(sample(0, 1_000), during, sample(0, 1_000));
        return new Report(judge, Map.of("messages", 3_000L), Map.of(), judge.complaints());
    }

    @Test
    void aSteadyRunSaysSoLast() {
        assertThat(report(0).text())
                .contains("done: 3000 messages, every reply checked")
                .endsWith("soak: steady\n")
                .doesNotContain("leaks");
        assertThat(report(0).json()).contains("\"steady\": true", "\"complaints\": []");
    }

    @Test
    void aLeakIsMarkedAndSaidInWords() {
        assertThat(report(100).text())
                .containsPattern("heap after GC, KiB .*<- leaks")
                .contains("soak: heap after GC, KiB grew by ")
                .endsWith("soak: NOT STEADY\n");
        assertThat(report(100).json()).contains("\"steady\": false", "\"complaints\": [\"heap after GC, KiB grew by");
    }

    @Test
    void theSamplesAreALineEach() {
        assertThat(report(100).csv().lines())
                .hasSize(31)
                .startsWith(
                        "seconds,messages,connections,heap,threads,descriptors,classes,native,rss,os_threads,code,"
                                + "sessions,tcp,queued",
                        "0.0,0,0,1000,0,0,0,0,0,0,0,0,0,0");
    }
}
