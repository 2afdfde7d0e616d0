package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventLogTest {
    private static String after(int closes) {
        EventLog log = new EventLog();
        for (int i = 0; i < closes; i++) {
            log.add(new Event.Close(3000 + i, ""));
        }
        return log.toString();
    }

    @Test
    void aFewEventsAreAllTold() {
        assertThat(after(0)).isEmpty();
        assertThat(after(6)).isEqualTo("close 3000, close 3001, close 3002, close 3003, close 3004, close 3005");
    }

    @Test
    void ofManyTheFirstAndTheLastAreToldAndHowManyAreNot() {
        assertThat(after(2_000))
                .isEqualTo("close 3000, close 3001, close 3002, close 3003, … 1,994 more …, close 4998, close 4999");
    }
}
