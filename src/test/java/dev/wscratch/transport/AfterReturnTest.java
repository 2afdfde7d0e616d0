package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AfterReturnTest {
    private final List<String> events = new ArrayList<>();
    private final AfterReturn afterReturn = new AfterReturn();

    @Test
    void whatComesBeforeTheReturnWaitsForIt() {
        afterReturn.run(() -> events.add("completed"));
        events.add("returns");
        afterReturn.returned();
        assertThat(events).containsExactly("returns", "completed");
    }

    @Test
    void whatComesAfterTheReturnRunsAtOnceAndWithoutALock() {
        afterReturn.returned();
        afterReturn.run(() -> events.add("locked: " + Thread.holdsLock(afterReturn)));
        assertThat(events).containsExactly("locked: false");
    }
}
