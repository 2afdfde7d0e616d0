package dev.wscratch.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    @Test
    void theHeapInUseIsThatOfTheWholeHeap() {
        assertThat(
                        Readings.heapKib(
                                """
                        0
                         garbage-first heap   total 262144K, used 18433K [0x00000000f0000000, 0x0000000100000000)
                          region size 1024K, 1 young (1024K), 0 survivors (0K)
                         Metaspace       used 31337K, committed 31808K, reserved 1114112K
                        """))
                .isEqualTo(18_433);
    }

    @Test
    void anotherCollectorsHeapIsRefused() {
        assertThatThrownBy(() -> Readings.heapKib(" def new generation   total 9216K, used 500K"))
                .hasMessageContaining("expected the use of a garbage-first heap");
    }

    @Test
    void nativeMemoryIsReadByCategory() {
        Map<String, Double> categories = Readings.nativeKib(
                """
                0
                Native Memory Tracking:

                Total: reserved=1781340KB, committed=389184KB
                       malloc: 41212KB #118411
                       mmap:   reserved=1740128KB, committed=347972KB

                -                 Java Heap (reserved=262144KB, committed=262144KB)
                                            (mmap: reserved=262144KB, committed=262144KB)

                -                      Code (reserved=247876KB, committed=18812KB)
                                            (malloc=188KB #5432)

                -    Shared class space (reserved=16384KB, committed=11444KB)
                """);
        assertThat(categories)
                .containsEntry("Total", 389_184.0)
                .containsEntry("Java Heap", 262_144.0)
                .containsEntry("Code", 18_812.0)
                .containsEntry("Shared class space", 11_444.0)
                .hasSize(4);
    }

    @Test
    void anAnswerWithoutTheAccountIsRefused() {
        assertThatThrownBy(() -> Readings.nativeKib("Native memory tracking is not enabled"))
                .hasMessageContaining("got: Native memory tracking is not enabled");
    }

    @Test
    void aMetricIsTheSumOverItsLabels() {
        String exposition =
                """
                # TYPE open gauge
                open{endpoint="/"} 2.0
                open{endpoint="/echo"} 40.0
                open_total 7.0
                """;
        assertThat(Readings.metric(exposition, "open")).isEqualTo(42);
        assertThat(Readings.metric(exposition, "open_total")).isEqualTo(7);
        assertThat(Readings.metric(exposition, "absent")).isZero();
    }

    @Test
    void aLineOfTheKernelsStatusIsReadWithoutItsUnit() {
        String status = "Name:\tjava\nVmRSS:\t  391434 kB\nThreads:\t27\n";
        assertThat(Readings.status(status, "VmRSS")).isEqualTo(391_434);
        assertThat(Readings.status(status, "Threads")).isEqualTo(27);
        assertThatThrownBy(() -> Readings.status(status, "Vm")).hasMessageContaining("expected a line Vm");
    }
}
