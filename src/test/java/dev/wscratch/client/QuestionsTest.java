package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.message.Message.Echo;
import dev.wscratch.message.Message.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    @Test
    void aQuestionThatCannotBeSentTakesNoOtherOnesAnswer() throws Exception {
        Questions questions = new Questions(Duration.ofSeconds(10));
        CompletableFuture<Echo> unsent = questions.ask(Echo.class, () -> {
            throw new IllegalArgumentException("too odd");
        });
        CompletableFuture<Echo> next = questions.ask(Echo.class, () -> {});
        questions.answer(new Echo("mine"));
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(new Echo("mine"));
        assertThatThrownBy(() -> unsent.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("cannot send: too odd");
    }

    @Test
    void anAnswerThatComesTooLateIsNotTheNextOnes() throws Exception {
        Questions questions = new Questions(Duration.ofSeconds(1));
        CompletableFuture<Echo> late = questions.ask(Echo.class, () -> {});
        assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("expected an answer within 1000 ms, got none");
        CompletableFuture<Echo> next = questions.ask(Echo.class, () -> {});
        questions.answer(new Echo("late"));
        questions.answer(new Echo("mine"));
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(new Echo("mine"));
    }

    /** Found by review: it was taken for a mistake of the server's, which closed with 1002 instead of 1000. */
    @Test
    void anAnswerThatComesAfterTheEndIsNobodysFault() {
        Questions questions = new Questions(Duration.ofSeconds(10));
        CompletableFuture<Echo> due = questions.ask(Echo.class, () -> {});
        questions.end(new IOException("this client was closed"));
        assertThatCode(() -> questions.answer(new Echo("late"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> due.get(10, TimeUnit.SECONDS)).hasMessageContaining("this client was closed");
    }

    @Test
    void aListenerThatThrowsDoesNotBreakTheConversation() {
        Questions questions = new Questions(Duration.ofSeconds(10));
        List<Time> heard = new ArrayList<>();
        questions.listen(time -> {
            heard.add(time);
            throw new IllegalStateException("the application's own");
        });
        Time time = new Time(17, 0);
        assertThatCode(() -> questions.answer(time)).doesNotThrowAnyException();
        assertThat(heard).containsExactly(time);
    }

    @Test
    void anAnswerThatNobodyAskedForIsNamedByItsTypeOnly() {
        Questions questions = new Questions(Duration.ofSeconds(10));
        assertThatThrownBy(() -> questions.answer(new Echo("a secret")))
                .isInstanceOf(IOException.class)
                .hasMessage("expected no answer, since none is due, got one of type Echo");
    }
}
