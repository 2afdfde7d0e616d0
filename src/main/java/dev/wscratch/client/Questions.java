package dev.wscratch.client;

import dev.wscratch.message.Message;
import dev.wscratch.message.Message.Progress;
import dev.wscratch.message.Message.Reply;
import dev.wscratch.message.Message.Time;
import dev.wscratch.message.Problem;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for their answers: a server answers in order, so the oldest one is meant.
 *
 * <p>Safe for use by many threads; completes stages on the thread that brings the answer.
 */
final class Questions {
    private static final Logger LOG = System.getLogger("dev.wscratch.client");

    private record Question(Class<? extends Reply> answer, CompletableFuture<Reply> answered) {}

    private final Duration patience;

    /** Guarded by this. */
    private final Queue<Question> waiting = new ArrayDeque<>();

    /** Why there are no more answers; guarded by this. */
    private @Nullable IOException over;

    /** Who hears the time. */
    private volatile Consumer<Time> listener = time -> {};

    /** {@code patience}: for how long each question waits. */
    Questions(Duration patience) {
        this.patience = patience;
    }

    /**
     * Waits for an answer of this type, or a problem. {@code send} runs before another question can be put in line. When
     * time is up, the question stays in line: an answer that comes after all is not the next one's.
     *
     * @param answer the last of the answers
     */
    <T extends Reply> CompletableFuture<T> ask(Class<T> answer, Runnable send) {
        CompletableFuture<Reply> answered = new CompletableFuture<>();
        synchronized (this) {
            if (over == null) {
                Question question = new Question(answer, answered);
                waiting.add(question);
                try {
                    send.run();
                } catch (RuntimeException | Error notSent) {
                    // Whatever it is: left in line, it would take the answer of the next one.
                    waiting.remove(question);
                    answered.completeExceptionally(new IOException(
                            notSent instanceof IllegalStateException
                                    ? "the connection is closed"
                                    : "cannot send: " + notSent.getMessage(),
                            notSent));
                }
            } else {
                answered.completeExceptionally(over);
            }
        }
        return answered.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).handle((reply, failure) -> {
            if (failure == null) {
                return answer.cast(reply);
            }
            throw new CompletionException(failure instanceof TimeoutException ? tooLate(failure) : failure);
        });
    }

    private IOException tooLate(Throwable cause) {
        return new IOException(
                "expected an answer within " + patience.toMillis()
                        + " ms, got none; if this goes on, close and connect again",
                cause);
    }

    void listen(Consumer<Time> to) {
        listener = to;
    }

    /** A message from the server; throws when nobody asked for it. */
    void answer(Message message) throws IOException {
        if (message instanceof Time time) {
            tell(time);
            return;
        }
        Question question = take(message);
        if (question == null) {
            return;
        }
        if (message instanceof Problem problem) {
            question.answered.completeExceptionally(new ProblemException(problem));
        } else if (message instanceof Reply reply) {
            question.answered.complete(reply);
        }
    }

    /** The listener is the application's: what it throws is not the server's mistake. */
    private void tell(Time time) {
        try {
            listener.accept(time);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a listener of the live time failed", e);
        }
    }

    private synchronized @Nullable Question take(Message message) throws IOException {
        if (over != null) {
            // Asked before the end, answered after it: nobody's fault.
            return null;
        }
        Question next = waiting.peek();
        if (next == null) {
            throw new IOException("expected no answer, since none is due, got one of type " + type(message));
        }
        if (message instanceof Progress && next.answer == Message.Result.class) {
            // The last part of a file has two answers.
            return null;
        }
        if (!(message instanceof Problem) && !next.answer.isInstance(message)) {
            throw new IOException("expected " + next.answer.getSimpleName() + ", got " + type(message));
        }
        return waiting.poll();
    }

    /** Of what is in it, an exception that is logged must not tell. */
    private static String type(Message message) {
        return message.getClass().getSimpleName();
    }

    /** There will be no more answers. */
    void end(IOException why) {
        Queue<Question> left;
        synchronized (this) {
            if (over != null) {
                return;
            }
            over = why;
            left = new ArrayDeque<>(waiting);
            waiting.clear();
        }
        left.forEach(question -> question.answered.completeExceptionally(why));
    }
}
