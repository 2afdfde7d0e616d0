package dev.wscratch.check;

import java.util.List;
import java.util.Set;

/** What a good peer does once a case's bytes were sent; it knows where the RFC lets peers differ. */
sealed interface Wanted {
    /**
     * These replies and no other message. Pongs may come before or after messages, and all but the last pong may be left
     * out (5.5.3).
     */
    record Replies(List<Reply> replies) implements Wanted {
        public Replies {
            replies = List.copyOf(replies);
        }

        @Override
        public String toString() {
            return replies.isEmpty() ? "no message" : Shown.replies(replies);
        }
    }

    /**
     * The peer fails the connection (7.1.7): a Close frame with one of the codes, then the end. An end without Close
     * frame, or another code, is a strict fail.
     *
     * @param before replies to what came before the fault; a peer may give all, some or none
     * @param should the RFC's MUST binds the sender: a receiver that goes on is a strict fail only
     */
    record Failure(List<Reply> before, Set<Integer> codes, boolean should) implements Wanted {
        public Failure {
            before = List.copyOf(before);
            codes = Set.copyOf(codes);
        }

        @Override
        public String toString() {
            return "close " + Shown.codes(codes)
                    + (before.isEmpty() ? "" : "; before it at most " + Shown.replies(before));
        }
    }

    /**
     * The peer answers our Close frame, sends no message behind it, and ends TCP.
     *
     * @param before replies that must come first
     * @param codes of the answer; another valid one is a strict fail
     */
    record Goodbye(List<Reply> before, Set<Integer> codes) implements Wanted {
        public Goodbye {
            before = List.copyOf(before);
            codes = Set.copyOf(codes);
        }

        @Override
        public String toString() {
            return (before.isEmpty() ? "" : Shown.replies(before) + ", ") + "close " + Shown.codes(codes)
                    + ", end of TCP";
        }
    }

    /** Either the replies or a failure with one of the codes: both are right. */
    record Either(Replies replies, Failure failure) implements Wanted {
        @Override
        public String toString() {
            return replies + "; or " + failure;
        }
    }

    /** The replies to what came before its time; who refuses that, ends, or does not hear it is not wrong either. */
    record Early(Replies replies) implements Wanted {
        static final String WHY = "RFC 6455 4.1 has a client wait for the 101, so a server need not take this";

        @Override
        public String toString() {
            return replies + "; or a refusal, an end, or nothing";
        }
    }

    /** The client takes the answer to its request for none, and ends TCP (4.1). */
    record NotOpened() implements Wanted {
        @Override
        public String toString() {
            return "no open connection: end of TCP";
        }
    }

    /** The RFC does not say; only an end must come. With one of the codes it is a pass, otherwise undefined. */
    record SomeEnd(Set<Integer> codes) implements Wanted {
        public SomeEnd {
            codes = Set.copyOf(codes);
        }

        @Override
        public String toString() {
            return "close " + Shown.codes(codes) + ", or another end";
        }
    }

    static Wanted replies(Reply... replies) {
        return new Replies(List.of(replies));
    }

    static Wanted failure(Integer... codes) {
        return new Failure(List.of(), Set.of(codes), false);
    }

    static Wanted failureAfter(Reply before, Integer... codes) {
        return new Failure(List.of(before), Set.of(codes), false);
    }

    static Wanted goodbye(Integer... codes) {
        return new Goodbye(List.of(), Set.of(codes));
    }

    static Wanted either(Reply reply, Integer... codes) {
        return new Either(new Replies(List.of(reply)), new Failure(List.of(), Set.of(codes), false));
    }
}
