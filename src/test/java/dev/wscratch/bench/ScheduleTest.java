package dev.wscratch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void messagesAreDueEvenlyFromTheStartOn() {
        Schedule schedule = new Schedule(-5, 3);
        assertThat(schedule.dueAt(0)).isEqualTo(-5);
        assertThat(schedule.dueAt(1)).isEqualTo(333_333_328);
        assertThat(schedule.dueAt(3)).isEqualTo(999_999_995);
    }

    @Test
    void aLongRunNeitherDriftsNorOverflows() {
        Schedule schedule = new Schedule(0, 300_000);
        assertThat(schedule.dueAt(300_000L * 86_400 * 365)).isEqualTo(86_400L * 365 * 1_000_000_000);
    }
}
