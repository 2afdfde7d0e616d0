package dev.wscratch.check;

/** What a peer did, as the checker hears of it. */
sealed interface Event {
    /** A message or a pong. */
    record Came(Reply reply) implements Event {
        @Override
        public String toString() {
            return reply.toString();
        }
    }

    /** A Close frame; 1005 for one without code. */
    record Close(int code, String reason) implements Event {
        @Override
        public String toString() {
            return Shown.close(code, reason);
        }
    }

    /** TCP ended. */
    record End(String how) implements Event {
        @Override
        public String toString() {
            return how;
        }
    }

    /** The peer broke a rule itself. */
    record Broken(String what) implements Event {
        @Override
        public String toString() {
            return what;
        }
    }

    /** Nothing in time. */
    record Silence(long millis) implements Event {
        @Override
        public String toString() {
            return "nothing for " + millis + " ms";
        }
    }
}
