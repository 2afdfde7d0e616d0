package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** That the buffer goes is seen by {@code SoakFaultsIT#aLargeMessageLeavesNoLargeBufferBehind}. */
class TyrusReadBufferTest {
    @Test
    void aTyrusWithoutTheFieldOrTheClassIsLeftAlone() {
        assertThat(TyrusReadBuffer.find("java.lang.String")).isNull();
        assertThat(TyrusReadBuffer.find("org.glassfish.tyrus.core.NoSuchClass")).isNull();
    }

    @Test
    void anotherReadHandlerIsLeftAlone() {
        assertThatCode(() -> TyrusReadBuffer.release(data -> {}, 1 << 20)).doesNotThrowAnyException();
    }
}
