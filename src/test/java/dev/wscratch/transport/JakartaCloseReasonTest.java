package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JakartaCloseReasonTest {
    static IntStream codesThatAPeerMaySend() {
        return IntStream.rangeClosed(1000, 4999).filter(code -> new CloseCode(code).isValidOnWire());
    }

    @ParameterizedTest
    @MethodSource("codesToTry")
    void everyCodeOfAPeerReachesTheEndpoint(int code) {
        jakarta.websocket.CloseReason reason = JakartaCloseReason.of(new CloseReason(new CloseCode(code), "why"));
        assertThat(reason.getCloseCode().getCode()).isEqualTo(code);
        assertThat(reason.getReasonPhrase()).isEqualTo("why");
    }

    static IntStream codesToTry() {
        return IntStream.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 3999, 4000, 4999);
    }

    @Test
    void noCodeThatMayBeSentIsRefusedByJakarta() {
        codesThatAPeerMaySend().forEach(code -> {
            jakarta.websocket.CloseReason reason = JakartaCloseReason.of(CloseReason.of(new CloseCode(code)));
            assertThat(reason.getCloseCode().getCode()).isEqualTo(code == 1014 ? 1011 : code);
        });
    }

    @Test
    void badGatewayWhichJakartaDoesNotKnowIsAnErrorThatNamesIt() {
        jakarta.websocket.CloseReason reason =
                JakartaCloseReason.of(new CloseReason(new CloseCode(1014), "the upstream is gone"));
        assertThat(reason.getCloseCode().getCode()).isEqualTo(1011);
        assertThat(reason.getReasonPhrase()).isEqualTo("1014 bad gateway");
    }

    @Test
    void whatIsOnlyReportedHasItsCodeToo() {
        assertThat(JakartaCloseReason.of(CloseReason.NONE).getCloseCode().getCode())
                .isEqualTo(1005);
        assertThat(JakartaCloseReason.of(CloseReason.of(CloseCode.ABNORMAL_CLOSURE))
                        .getCloseCode()
                        .getCode())
                .isEqualTo(1006);
    }

    @Test
    void aReasonOfTheLargestSizeFits() {
        String longest = "ü".repeat(61) + "x";
        assertThat(JakartaCloseReason.of(new CloseReason(CloseCode.NORMAL_CLOSURE, longest))
                        .getReasonPhrase())
                .isEqualTo(longest);
    }
}
