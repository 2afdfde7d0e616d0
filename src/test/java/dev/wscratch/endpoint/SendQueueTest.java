package dev.wscratch.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wscratch.endpoint.Deployment.Sends;
import dev.wscratch.message.Format;
import dev.wscratch.message.Message;
import dev.wscratch.message.OutgoingJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static final Message FIRST = new Message.Time(1, 0);
    private static final Message SECOND = new Message.Echo("hi");

    private final FakeSession fake = new FakeSession();
    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void anAnswerWaitsUntilWhatCameByItselfHasLeft() throws Exception {
        SendQueue queue = new SendQueue(fake.session, Format.JSON, Sends.BY_ENDPOINT);
        assertThat(queue.offer(FIRST, failures::add)).isTrue();
        Thread answering = Thread.currentThread();
        CompletableFuture<List<Object>> sentMeanwhile = CompletableFuture.supplyAsync(() -> {
            await().atMost(10, TimeUnit.SECONDS).until(() -> answering.getState() == Thread.State.TIMED_WAITING);
            List<Object> sent = List.copyOf(fake.sent);
            fake.finish();
            return sent;
        });
        queue.answer(SECOND);
        assertThat(sentMeanwhile.get(10, TimeUnit.SECONDS)).containsExactly(new OutgoingJson(FIRST));
        assertThat(fake.sent).containsExactly(new OutgoingJson(FIRST), new OutgoingJson(SECOND));
    }

    @Test
    void anAnswerNeverWaitsWhereTheServerBelowKeepsTheOrder() throws Exception {
        SendQueue queue = new SendQueue(fake.session, Format.JSON, Sends.BY_SERVER);
        assertThat(queue.offer(FIRST, failures::add)).isTrue();
        queue.answer(SECOND);
        assertThat(fake.sent).hasSize(2);
    }

    @Test
    void whatComesByItselfIsLeftOutWhileTheLastOneIsUnderWay() {
        SendQueue queue = new SendQueue(fake.session, Format.JSON, Sends.BY_SERVER);
        assertThat(queue.offer(FIRST, failures::add)).isTrue();
        assertThat(queue.offer(FIRST, failures::add)).isFalse();
        fake.finish();
        assertThat(queue.offer(FIRST, failures::add)).isTrue();
        assertThat(fake.sent).hasSize(2);
        assertThat(failures).isEmpty();
    }

    @Test
    void aFailureIsToldAndLetsTheNextOneThrough() {
        SendQueue queue = new SendQueue(fake.session, Format.JSON, Sends.BY_ENDPOINT);
        assertThat(queue.offer(FIRST, failures::add)).isTrue();
        fake.fail();
        assertThat(failures).hasSize(1).first().isInstanceOf(IOException.class);
        fake.open = false;
        assertThat(queue.offer(FIRST, failures::add)).isTrue();
        assertThat(failures).hasSize(2).last().isInstanceOf(IllegalStateException.class);
        fake.open = true;
        assertThat(queue.offer(FIRST, failures::add)).isTrue();
    }

    @Test
    void aSendThatThrowsAnythingGivesItsTurnBack() throws Exception {
        SendQueue queue = new SendQueue(fake.session, Format.JSON, Sends.BY_ENDPOINT);
        fake.asyncFailure = new UnsupportedOperationException("of the server below");
        assertThat(queue.offer(FIRST, failures::add)).isTrue();
        assertThat(failures).containsExactly(fake.asyncFailure);
        queue.answer(SECOND);
        assertThat(fake.sent).containsExactly(new OutgoingJson(SECOND));
    }

    @Test
    void anInterruptEndsTheWait() {
        SendQueue queue = new SendQueue(fake.session, Format.JSON, Sends.BY_ENDPOINT);
        assertThat(queue.offer(FIRST, failures::add)).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.answer(SECOND)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
