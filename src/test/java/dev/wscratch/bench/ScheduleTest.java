package dev.wscratch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void messagesAreDueEvenlyFromTheStartOn() {
        Schedule schedule = new Schedule(-5, 3, 0, 1);
        assertThat(schedule.dueAt(0)).isEqualTo(-5);
        assertThat(schedule.dueAt(1)).isEqualTo(333_333_328);
        assertThat(schedule.dueAt(3)).isEqualTo(999_999_995);
    }

    @Test
    void aLongRunNeitherDriftsNorOverflows() {
        Schedule schedule = new Schedule(0, 300_000, 0, 1);
        assertThat(schedule.dueAt(300_000L * 86_400 * 365)).isEqualTo(86_400L * 365 * 1_000_000_000);
    }

    @Test
    void generatorsTakeTurnsAndTogetherSendAtTheRate() {
        Schedule first = new Schedule(0, 1_000, 0, 2);
        Schedule second = new Schedule(0, 1_000, 1, 2);
        assertThat(first.dueAt(0)).isZero();
        assertThat(second.dueAt(0)).isEqualTo(1_000_000);
        assertThat(first.dueAt(1)).isEqualTo(2_000_000);
        assertThat(second.dueAt(499)).isEqualTo(999_000_000);
    }
}
