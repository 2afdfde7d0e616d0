package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 37 and 39: endpoints that block or throw. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HandlerFaultsIT {
    @RegisterExtension
    private final ServerUnderFault server = new ServerUnderFault(builder -> builder.endpoint(Throwing.class));

    @Test
    @DisplayName("row 37: handshakes and Pings are served while more handlers block than there are workers")
    void handshakesAndPingsAreServedWhileHandlersBlock() throws IOException {
        List<RawPeer> blocked = new ArrayList<>();
        Blocking.block();
        try (WscratchServer blocking = WscratchServer.builder()
                .port(0)
                .workers(2)
                .deadlines(Quick.DEADLINES)
                .endpoint(Blocking.class)
                .start()) {
            for (int i = 0; i < 8; i++) {
                RawPeer peer = RawPeer.open(blocking.port(), "/blocking");
                blocked.add(peer);
                peer.sendText("block");
            }
            Blocking.awaitBlocked(2);
            RawPeer late = RawPeer.open(blocking.port(), "/echo");
            blocked.add(late);
            late.sendText("waits its turn");
            late.send(RawPeer.frame(0x80 | RawPeer.PING, new byte[] {'p'}));
            assertThat(late.readFrame().opcode()).isEqualTo(RawPeer.PONG);
            RawPeer one = blocked.get(0);
            one.send(RawPeer.frame(0x80 | RawPeer.PING, new byte[] {'p'}));
            assertThat(one.readFrame().opcode()).isEqualTo(RawPeer.PONG);
            Blocking.release();
            assertThat(late.readFrame().text()).isEqualTo("waits its turn");
            for (RawPeer peer : blocked.subList(0, 8)) {
                assertThat(peer.readFrame().text()).isEqualTo("block");
            }
        } finally {
            Blocking.release();
            for (RawPeer peer : blocked) {
                peer.close();
            }
        }
    }

    @TestFactory
    @DisplayName("row 39: a session whose callback throws is closed with 1011, once")
    Stream<DynamicTest> aSessionWhoseCallbackThrowsIsClosedWith1011() {
        return Stream.of("open", "message", "open,error", "message,error")
                .flatMap(where -> Stream.of("exception", "error").map(what -> where + "&" + what))
                .map(query -> DynamicTest.dynamicTest("row 39: " + query, () -> {
                    Throwing.Calls calls = Throwing.calls();
                    try (RawPeer peer = RawPeer.open(server.port(), "/throwing?" + calls.id() + "&" + query)) {
                        peer.sendText("go");
                        RawPeer.Frame close = peer.readClose();
                        assertThat(close.closeCode()).isEqualTo(1011);
                        assertThat(close.closeReason()).doesNotContain("secret");
                        peer.sendClose(1011, "");
                        assertThat(peer.readsEnd()).isTrue();
                    }
                    assertThat(calls.awaitCloseCode()).isEqualTo(1011);
                }));
    }

    @TestFactory
    @DisplayName("row 39: an endpoint that throws in @OnClose closes as if it had not")
    Stream<DynamicTest> anEndpointThatThrowsInOnCloseClosesAsIfItHadNot() {
        return Stream.of("close&exception", "close&error", "close,error&exception")
                .map(query -> DynamicTest.dynamicTest("row 39: " + query, () -> {
                    Throwing.Calls calls = Throwing.calls();
                    try (RawPeer peer = RawPeer.open(server.port(), "/throwing?" + calls.id() + "&" + query)) {
                        peer.sendClose(1000, "done");
                        assertThat(peer.readClose().closeCode()).isEqualTo(1000);
                        assertThat(peer.readsEnd()).isTrue();
                    }
                    assertThat(calls.awaitCloseCode()).isEqualTo(1000);
                }));
    }
}
