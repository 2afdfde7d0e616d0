package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.transport.CloseHandshake.Event;
import dev.wscratch.transport.CloseHandshake.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseHandshakeTest {
    @ParameterizedTest
    @CsvSource({
        "OPEN,           WE_CLOSE,    CLOSE_SENT",
        "OPEN,           PEER_CLOSES, CLOSE_RECEIVED",
        "OPEN,           TCP_ENDS,    GONE",
        "CLOSE_SENT,     WE_CLOSE,    CLOSE_SENT",
        "CLOSE_SENT,     PEER_CLOSES, CLOSE_DONE",
        "CLOSE_SENT,     TCP_ENDS,    GONE",
        "CLOSE_RECEIVED, WE_CLOSE,    CLOSE_DONE",
        "CLOSE_RECEIVED, PEER_CLOSES, CLOSE_RECEIVED",
        "CLOSE_RECEIVED, TCP_ENDS,    GONE",
        "CLOSE_DONE,     WE_CLOSE,    CLOSE_DONE",
        "CLOSE_DONE,     PEER_CLOSES, CLOSE_DONE",
        "CLOSE_DONE,     TCP_ENDS,    GONE",
        "GONE,           WE_CLOSE,    GONE",
        "GONE,           PEER_CLOSES, GONE",
        "GONE,           TCP_ENDS,    GONE",
    })
    void eachEventMakesTheOneTransitionOfTheDiagram(State from, Event event, State to) {
        CloseHandshake handshake = inState(from);
        assertThat(handshake.on(event)).isEqualTo(from != to);
        assertThat(handshake.state()).isEqualTo(to);
    }

    private static CloseHandshake inState(State state) {
        CloseHandshake handshake = new CloseHandshake();
        switch (state) {
            case OPEN -> {}
            case CLOSE_SENT -> handshake.on(Event.WE_CLOSE);
            case CLOSE_RECEIVED -> handshake.on(Event.PEER_CLOSES);
            case CLOSE_DONE -> {
                handshake.on(Event.WE_CLOSE);
                handshake.on(Event.PEER_CLOSES);
            }
            case GONE -> handshake.on(Event.TCP_ENDS);
        }
        assertThat(handshake.state()).isEqualTo(state);
        return handshake;
    }
}
