package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.message.Message.Echo;
import java.io.IOException;
import java.time.Duration;
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
}
