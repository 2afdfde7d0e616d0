package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.wire.CloseCode.Sender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseCodeTest {
    @ParameterizedTest
    @CsvSource({
        "0,OUT_OF_RANGE,NOBODY,false",
        "999,OUT_OF_RANGE,NOBODY,false",
        "1000,NORMAL_CLOSURE,EITHER,true",
        "1001,GOING_AWAY,EITHER,false",
        "1002,PROTOCOL_ERROR,EITHER,false",
        "1003,UNSUPPORTED_DATA,EITHER,false",
        "1004,RESERVED,NOBODY,false",
        "1005,NO_STATUS_RECEIVED,NOBODY,false",
        "1006,ABNORMAL_CLOSURE,NOBODY,false",
        "1007,INVALID_FRAME_PAYLOAD_DATA,EITHER,false",
        "1008,POLICY_VIOLATION,EITHER,false",
        "1009,MESSAGE_TOO_BIG,EITHER,false",
        "1010,MANDATORY_EXTENSION,CLIENT,false",
        "1011,INTERNAL_ERROR,EITHER,false",
        "1012,SERVICE_RESTART,EITHER,false",
        "1013,TRY_AGAIN_LATER,EITHER,false",
        "1014,BAD_GATEWAY,EITHER,false",
        "1015,TLS_HANDSHAKE,NOBODY,false",
        "1016,UNASSIGNED,NOBODY,false",
        "2999,UNASSIGNED,NOBODY,false",
        "3000,UNAUTHORIZED,EITHER,true",
        "3001,LIBRARY_CODE,EITHER,true",
        "3003,FORBIDDEN,EITHER,true",
        "3008,TIMEOUT,EITHER,true",
        "3999,LIBRARY_CODE,EITHER,true",
        "4000,PRIVATE_CODE,EITHER,true",
        "4999,PRIVATE_CODE,EITHER,true",
        "5000,OUT_OF_RANGE,NOBODY,false",
        "65535,OUT_OF_RANGE,NOBODY,false"
    })
    void aCodeKnowsItsNameAndWhoMaySendIt(int value, String name, Sender sender, boolean page) {
        CloseCode code = new CloseCode(value);

        assertThat(code.name()).isEqualTo(name);
        assertThat(code.toString()).isEqualTo(value + " " + name);
        assertThat(code.sender()).isEqualTo(sender);
        assertThat(code.isValidOnWire()).isEqualTo(sender != Sender.NOBODY);
        assertThat(code.maySend(Role.CLIENT)).isEqualTo(sender != Sender.NOBODY);
        assertThat(code.maySend(Role.SERVER)).isEqualTo(sender == Sender.EITHER);
        assertThat(code.maySendFromPage()).isEqualTo(page);
    }

    @Test
    void aFirstByteIsHopelessExactlyIfNoValidCodeBeginsWithIt() {
        for (int high = 0; high < 256; high++) {
            boolean any = false;
            for (int low = 0; low < 256; low++) {
                any |= new CloseCode(high << 8 | low).isValidOnWire();
            }
            assertThat(CloseCode.canBeginWith(high)).as("byte %02x", high).isEqualTo(any);
        }
    }

    @Test
    void theRegisteredCodesAreInOrderAndEachHasANameOfItsOwn() {
        assertThat(CloseCode.registered()).isSortedAccordingTo((a, b) -> a.value() - b.value());
        assertThat(CloseCode.registered())
                .extracting(CloseCode::name)
                .doesNotHaveDuplicates()
                .doesNotContain("UNASSIGNED", "LIBRARY_CODE", "PRIVATE_CODE", "OUT_OF_RANGE");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void whatDoesNotFitIntoTwoBytesIsNoCode(int value) {
        assertThatThrownBy(() -> new CloseCode(value)).hasMessageContaining("0 to 65535");
    }
}
