package dev.wscratch.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Replies that are still to come: messages in their order, pongs in theirs, whatever the order between the two. */
final class Pending {
    private final Deque<Reply> messages = new ArrayDeque<>();
    private final Deque<Reply> pongs = new ArrayDeque<>();

    Pending(List<Reply> replies) {
        for (Reply reply : replies) {
            (reply instanceof Reply.Pong ? pongs : messages).add(reply);
        }
    }

    boolean isEmpty() {
        return messages.isEmpty() && pongs.isEmpty();
    }

    /** False for a Pong that nobody asked for: those may come at any time and mean nothing (5.5.3). */
    boolean counts(Reply reply) {
        return !(reply instanceof Reply.Pong) || pongs.contains(reply);
    }

    /** Takes what {@link #counts}; says what is wrong with it, or nothing. */
    String take(Reply reply) {
        if (reply instanceof Reply.Pong) {
            // 5.5.3: who was asked several times may answer the last ping only.
            Reply answered = pongs.poll();
            while (answered != null && !answered.equals(reply)) {
                answered = pongs.poll();
            }
            return "";
        }
        Reply expected = messages.poll();
        if (reply.equals(expected)) {
            return "";
        }
        return "expected " + (expected == null ? "no further message" : expected) + ", got " + reply;
    }

    @Override
    public String toString() {
        List<Reply> all = new ArrayList<>(messages);
        all.addAll(pongs);
        return Shown.replies(all);
    }
}
