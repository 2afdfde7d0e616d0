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

    /** The checker has ended the connection: the case took too long, or the peer did not read. */
    record GivenUp(String why) implements Event {
        @Override
        public String toString() {
            return "given up: " + why;
        }
    }

    /**
     * Nothing in time.
     *
     * @param others whether something came that does not count
     */
    record Silence(long millis, boolean others) implements Event {
        @Override
        public String toString() {
            return (others ? "nothing else for " : "nothing for ") + millis + " ms";
        }
    }
}
