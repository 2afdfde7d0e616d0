package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageSocketTest {
    private static CompletableFuture<Session> opened = new CompletableFuture<>();

    /** What was written when {@code @OnClose} ran. */
    private static CompletableFuture<byte[]> closing = new CompletableFuture<>();

    private static Supplier<byte[]> written = () -> new byte[0];

    /** Says who connected. */
    @ServerEndpoint("/open")
    public static final class Open {
        @OnOpen
        public void onOpen(Session session) {
            opened.complete(session);
        }

        @OnClose
        public void onClose() {
            closing.complete(written.get());
        }
    }

    private final FakeTcp tcp = new FakeTcp();

    @BeforeEach
    void forget() {
        opened = new CompletableFuture<>();
        closing = new CompletableFuture<>();
        written = tcp::takeWritten;
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

    /** Found by review: two relays on two threads, A to B and B to A, waited for each other for ever. */
    @Test
    void aHandlerMayWaitForAnotherThreadThatSends() throws Exception {
        Session session = open();
        List<Boolean> sent = new ArrayList<>();

        session.getAsyncRemote().sendText("a", result -> sent.add(anotherThreadSends(session)));
        session.getAsyncRemote().sendBinary(ByteBuffer.allocate(1), result -> sent.add(anotherThreadSends(session)));

        assertThat(sent).containsExactly(true, true);
        assertThat(InMemory.frames(tcp.takeWritten()))
                .containsExactly("text a", "text of another thread", "binary 00", "text of another thread");
    }

    @Test
    void aHandlerMayWaitForAnotherThreadAlsoAfterAMessageInPieces() throws Exception {
        Session session = open();
        session.getBasicRemote().sendText("in ", false);
        session.getBasicRemote().sendText("pieces", true);
        tcp.takeWritten();
        List<Boolean> sent = new ArrayList<>();

        session.getAsyncRemote().sendText("a", result -> sent.add(anotherThreadSends(session)));
        session.getAsyncRemote().sendBinary(ByteBuffer.allocate(1), result -> sent.add(anotherThreadSends(session)));

        assertThat(sent).containsExactly(true, true);
        assertThat(InMemory.frames(tcp.takeWritten()))
                .containsExactly("text a", "text of another thread", "binary 00", "text of another thread");
    }

    private static boolean anotherThreadSends(Session session) {
        try {
            CompletableFuture.runAsync(() -> session.getAsyncRemote().sendText("of another thread", result -> {}))
                    .get(5, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Test
    void theCloseFrameIsWrittenBeforeOnCloseRuns() throws Exception {
        Session session = open();

        session.close();

        assertThat(InMemory.frames(closing.join())).containsExactly("close 1000 ");
    }

    @Test
    void aPingIsWrittenAtOnce() throws Exception {
        Session session = open();

        session.getBasicRemote().sendPing(ByteBuffer.wrap(new byte[] {1}));

        assertThat(InMemory.frames(tcp.takeWritten())).containsExactly("ping 01");
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
