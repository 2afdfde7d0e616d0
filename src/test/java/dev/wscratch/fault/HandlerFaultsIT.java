package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows 37 and 39: endpoints that block or throw. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Scheme.class)
class HandlerFaultsIT {
    private static final int WORKERS = 2;

    @RegisterExtension
    private final ServerUnderFault server;

    private final Scheme scheme;

    HandlerFaultsIT(Scheme scheme) {
        this.scheme = scheme;
        server = new ServerUnderFault(scheme, builder -> builder.endpoint(Throwing.class));
    }

    @Test
    @DisplayName("row 37: handshakes and Pings are served while more handlers block than there are workers")
    void handshakesAndPingsAreServedWhileHandlersBlock() throws IOException {
        whileHandlersBlock("/blocking", peer -> peer.sendText("block"), blocked -> {
            for (RawPeer peer : blocked) {
                assertThat(peer.readFrame().text()).isEqualTo("block");
            }
        });
    }

    @Test
    @DisplayName("row 39: an endpoint that blocks in @OnOpen blocks nobody else")
    void anEndpointThatBlocksInOnOpenBlocksNobodyElse() throws IOException {
        whileHandlersBlock("/blocking?open", peer -> peer.sendText("early"), blocked -> {
            for (RawPeer peer : blocked) {
                assertThat(peer.readFrame().text()).isEqualTo("early");
            }
        });
    }

    @Test
    @DisplayName("row 39: an endpoint that blocks in @OnError blocks nobody else")
    void anEndpointThatBlocksInOnErrorBlocksNobodyElse() throws IOException {
        whileHandlersBlock("/blocking?error", peer -> peer.sendText("fail"), blocked -> {
            for (RawPeer peer : blocked) {
                assertThat(peer.readClose().closeCode()).isEqualTo(1011);
            }
        });
    }

    @Test
    @DisplayName("row 39: an endpoint that blocks in @OnClose blocks nobody else")
    void anEndpointThatBlocksInOnCloseBlocksNobodyElse() throws IOException {
        whileHandlersBlock("/blocking?close", peer -> peer.sendClose(1000, ""), blocked -> {
            for (RawPeer peer : blocked) {
                assertThat(peer.endsEventually()).isTrue();
            }
        });
    }

    private interface Step<T> {
        void on(T subject) throws IOException;
    }

    private void whileHandlersBlock(String path, Step<RawPeer> provoke, Step<List<RawPeer>> afterRelease)
            throws IOException {
        List<RawPeer> blocked = new ArrayList<>();
        Blocking.block();
        try (WscratchServer blocking = scheme.listening(WscratchServer.builder())
                .workers(WORKERS)
                .deadlines(Quick.DEADLINES)
                .endpoint(Blocking.class)
                .start()) {
            for (int i = 0; i < 4 * WORKERS; i++) {
                RawPeer peer = scheme.open(scheme.port(blocking), path);
                blocked.add(peer);
                provoke.on(peer);
            }
            Blocking.awaitBlocked(WORKERS);
            try (RawPeer late = scheme.open(scheme.port(blocking), "/echo")) {
                late.sendText("waits its turn");
                late.send(RawPeer.frame(0x80 | RawPeer.PING, new byte[] {'p'}));
                assertThat(late.readFrame().opcode()).isEqualTo(RawPeer.PONG);
                Blocking.release();
                assertThat(late.readFrame().text()).isEqualTo("waits its turn");
            }
            afterRelease.on(blocked);
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
                    try (RawPeer peer = server.dial("/throwing?" + calls.id() + "&" + query)) {
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
                    try (RawPeer peer = server.dial("/throwing?" + calls.id() + "&" + query)) {
                        peer.sendClose(1000, "done");
                        assertThat(peer.readClose().closeCode()).isEqualTo(1000);
                        assertThat(peer.readsEnd()).isTrue();
                    }
                    assertThat(calls.awaitCloseCode()).isEqualTo(1000);
                }));
    }
}
