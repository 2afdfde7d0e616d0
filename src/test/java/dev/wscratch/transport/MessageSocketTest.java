package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.OnOpen;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageSocketTest {
    private static CompletableFuture<Session> opened = new CompletableFuture<>();

    /** Says who connected. */
    @ServerEndpoint("/open")
    public static final class Open {
        @OnOpen
        public void onOpen(Session session) {
            opened.complete(session);
        }
    }

    private final FakeTcp tcp = new FakeTcp();

    @BeforeEach
    void forget() {
        opened = new CompletableFuture<>();
    }

    private Session open() throws Exception {
        new InMemory(Open.class).webSocket(tcp, "/open");
        tcp.takeWritten();
        return opened.join();
    }

    @Test
    void textsLeaveAsUtf8WithAQuestionMarkForHalfASurrogatePair() throws Exception {
        Session session = open();

        session.getBasicRemote().sendText("");
        session.getBasicRemote().sendText("zażółć €😀");
        session.getBasicRemote().sendText("half \ud83d");

        assertThat(InMemory.frames(tcp.takeWritten())).containsExactly("text ", "text zażółć €😀", "text half ?");
    }

    @Test
    void bytesOfEveryLengthFormLeaveInOneFrame() throws Exception {
        Session session = open();
        for (int length : new int[] {0, 125, 126, 65_535, 65_536}) {
            session.getBasicRemote().sendBinary(ByteBuffer.allocate(length));

            assertThat(InMemory.frames(tcp.takeWritten())).containsExactly("binary " + "00".repeat(length));
        }
    }

    @Test
    void aMessageAfterOneInPiecesWaitsForItsLastPiece() throws Exception {
        Session session = open();
        session.getBasicRemote().sendText("one ", false);

        assertThatThrownBy(() -> session.getBasicRemote().sendText("between"))
                .isInstanceOf(IllegalStateException.class);
        session.getBasicRemote().sendText("message", true);
        session.getBasicRemote().sendText("another");

        assertThat(InMemory.frames(tcp.takeWritten()))
                .containsExactly("text one ", "continuation " + hex("message"), "text another");
    }

    @Test
    void aHandlerIsToldItsSessionAndThatTheMessageWasWritten() throws Exception {
        Session session = open();
        List<SendResult> results = new ArrayList<>();

        session.getAsyncRemote().sendText("a", results::add);
        session.getAsyncRemote().sendBinary(ByteBuffer.allocate(1), results::add);

        assertThat(results).allSatisfy(result -> {
            assertThat(result.isOK()).isTrue();
            assertThat(result.getSession()).isSameAs(session);
        });
        assertThat(InMemory.frames(tcp.takeWritten())).containsExactly("text a", "binary 00");
    }

    @Test
    void anAsynchronousSendIsNotDoneBeforeItWasWritten() throws Exception {
        Session session = open();
        tcp.stuck = true;

        Future<Void> sent = session.getAsyncRemote().sendText("a");

        assertThat(sent.isDone()).isFalse();
        tcp.underWay.remove().completed();
        assertThat(sent.isDone()).isTrue();
    }

    @Test
    void aClosedSessionRefusesAsTyrusDoes() throws Exception {
        Session session = open();
        session.close();

        assertThatThrownBy(() -> session.getBasicRemote().sendText("late")).isInstanceOf(RuntimeException.class);
    }

    private static String hex(String ascii) {
        StringBuilder hex = new StringBuilder();
        ascii.chars().forEach(c -> hex.append(Integer.toHexString(c)));
        return hex.toString();
    }
}
