package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.transport.DeflateBudget.Reservation;
import dev.wscratch.wire.Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeflateBudgetTest {
    private static final int LINKED = DeflateBudget.INFLATER_BYTES + DeflateBudget.DEFLATER_BYTES;

    private static @Nullable Reservation reserve(DeflateBudget budget, String offer) {
        return budget.reserve(Extension.parse(List.of(offer)).orElseThrow());
    }

    @Test
    void theFirstHalfIsForWindowsThatLiveAndTheRestForMessagesThatStandAlone() {
        DeflateBudget budget = new DeflateBudget(4L * LINKED);
        List<Reservation> taken = new ArrayList<>();
        for (Reservation next = reserve(budget, "permessage-deflate");
                next != null;
                next = reserve(budget, "permessage-deflate")) {
            taken.add(next);
        }
        assertThat(taken.stream().filter(each -> !each.agreed().serverNoContextTakeover()))
                .hasSize(2);
        assertThat(taken.stream().filter(each -> each.agreed().clientNoContextTakeover()))
                .hasSize(2 * LINKED / DeflateBudget.INFLATER_BYTES);
        assertThat(budget.connections()).isEqualTo(taken.size());
        taken.forEach(Reservation::release);
        taken.forEach(Reservation::release);
        assertThat(budget.connections()).isZero();
        assertThat(budget.reservedBytes()).isZero();
        assertThat(reserve(budget, "permessage-deflate")).isNotNull();
    }

    @Test
    void whoAsksForMessagesThatStandAloneTakesLittle() {
        DeflateBudget budget = new DeflateBudget(DeflateBudget.INFLATER_BYTES);
        Reservation taken = reserve(budget, "permessage-deflate; server_no_context_takeover");
        assertThat(taken).isNotNull();
        assertThat(budget.reservedBytes()).isEqualTo(DeflateBudget.INFLATER_BYTES);
        assertThat(reserve(budget, "permessage-deflate")).isNull();
        assertThat(reserve(budget, "x-other")).isNull();
    }

    @Test
    void whatRanShortIsCountedOnceItIsUsedOrDeclined() {
        DeflateBudget budget = new DeflateBudget(2L * DeflateBudget.INFLATER_BYTES);
        Objects.requireNonNull(reserve(budget, "permessage-deflate; server_no_context_takeover"))
                .used();
        assertThat(budget.withoutTakeover()).as("asked for").isZero();
        Reservation less = Objects.requireNonNull(reserve(budget, "permessage-deflate"));
        assertThat(budget.withoutTakeover())
                .as("not yet accepted by the endpoint")
                .isZero();
        less.used();
        assertThat(budget.withoutTakeover()).isEqualTo(1);
        assertThat(reserve(budget, "permessage-deflate; server_max_window_bits=7"))
                .isNull();
        assertThat(budget.declined()).as("declined for another reason").isZero();
        assertThat(reserve(budget, "permessage-deflate")).isNull();
        assertThat(budget.declined()).isEqualTo(1);
    }

    @Test
    void noMemoryDeclinesAllAndLessThanNoneIsRefused() {
        assertThat(reserve(new DeflateBudget(0), "permessage-deflate")).isNull();
        assertThatThrownBy(() -> Limits.DEFAULT.withDeflateMemory(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("deflateMemory: expected 0 bytes or more, got -1");
        assertThat(Limits.DEFAULT.withMaxMessage(5).withDeflateMemory(7).withMaxConnections(6))
                .isEqualTo(new Limits(5, 16_384, 16 << 10, 6, 1_000, 100, 64 << 10, 7));
    }
}
