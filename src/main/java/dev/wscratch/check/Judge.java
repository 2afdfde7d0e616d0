package dev.wscratch.check;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches a conversation after its steps were played, and says what it has shown. Pings, and Pongs that nobody asked for,
 * may come at any time: they decide nothing and stretch no deadline.
 */
final class Judge {
    /** What proves that a peer is still there, and has not failed the connection. */
    private static final String PROOF = "still there?";

    /** A peer that fails a connection does so at once; after this it is asked. */
    private static final Duration BEFORE_PROOF = Duration.ofMillis(300);

    /** The payload of our Close frame. */
    private static final Bytes GOODBYE = Bytes.hex("03 e8");

    /** What comes right behind the replies is looked at before we say goodbye. */
    private static final Duration BEFORE_PARTING = Duration.ofMillis(10);

    /** How long a peer may take to say goodbye at the end of a case that is not about that. */
    private static final Duration PARTING = Duration.ofMillis(250);

    private final Conversation peer;
    private final Duration timeout;

    /** When the peer is late, by {@link System#nanoTime}. */
    private long until;

    /** Whether something came since the deadline was set that does not count. */
    private boolean ignored;

    Judge(Conversation peer, Duration timeout) {
        this.peer = peer;
        this.timeout = timeout;
    }

    Finding judge(Wanted wanted) throws InterruptedException {
        await(timeout);
        if (wanted instanceof Wanted.Replies replies) {
            return replies(replies.replies(), wanted);
        }
        if (wanted instanceof Wanted.Either either) {
            return replies(either.replies().replies(), wanted);
        }
        if (wanted instanceof Wanted.Early early) {
            return replies(early.replies().replies(), wanted);
        }
        if (wanted instanceof Wanted.Failure failure) {
            return failure(failure);
        }
        if (wanted instanceof Wanted.Goodbye goodbye) {
            return goodbye(goodbye);
        }
        return wanted instanceof Wanted.SomeEnd someEnd ? someEnd(someEnd) : notOpened();
    }

    /** Sets the deadline anew: something that counts has come, or another thing is waited for. */
    private void await(Duration time) {
        until = System.nanoTime() + time.toNanos();
        ignored = false;
    }

    private Event next() throws InterruptedException {
        Event event = peer.next(until);
        return event == null ? new Event.Silence(timeout.toMillis(), ignored) : event;
    }

    private Finding replies(List<Reply> replies, Wanted wanted) throws InterruptedException {
        Pending pending = new Pending(replies);
        while (!pending.isEmpty()) {
            Event event = next();
            if (event instanceof Event.Came came) {
                String wrong = take(came.reply(), pending);
                if (!wrong.isEmpty()) {
                    return Finding.fail(peer.got(), wrong);
                }
            } else if (wanted instanceof Wanted.Either either && isEnd(event)) {
                return failed(event, either.failure());
            } else if (wanted instanceof Wanted.Early && (isEnd(event) || event instanceof Event.Silence)) {
                return new Finding(Verdict.UNDEFINED, got(event), Wanted.Early.WHY);
            } else {
                return Finding.fail(got(event), "expected " + pending + ", got " + event);
            }
        }
        return parting();
    }

    /** Says what is wrong with a reply, or nothing. */
    private String take(Reply reply, Pending pending) {
        if (!pending.counts(reply)) {
            ignored = true;
            return "";
        }
        await(timeout);
        return pending.take(reply);
    }

    /** Behind which nothing may come but the end of TCP, which is the server's part. */
    private boolean isCloseOfServer(Event event) {
        return event instanceof Event.Close && peer.role() == Role.CLIENT;
    }

    private static boolean isEnd(Event event) {
        return event instanceof Event.Close || event instanceof Event.End;
    }

    /**
     * Says goodbye; whatever message comes before the answer is one too many. What a peer makes of our Close frame is not
     * this case's concern: a server whose author has not come to that stage yet echoes it.
     */
    private Finding parting() throws InterruptedException {
        String got = peer.got();
        boolean said = false;
        boolean closed = false;
        await(BEFORE_PARTING);
        while (true) {
            Event event = next();
            if (event instanceof Event.Silence && !said) {
                said = true;
                peer.sendAside(Masked.close(CloseCode.NORMAL_CLOSURE.value()));
                await(PARTING);
            } else if (event instanceof Event.Came came && came.reply() instanceof Reply.Message message) {
                if (!said || !message.payload().equals(GOODBYE)) {
                    return Finding.fail(peer.got(), "expected no further message, got " + event);
                }
            } else if (event instanceof Event.Broken broken && (!said || closed)) {
                return Finding.fail(peer.got(), broken.what());
            } else if (isCloseOfServer(event)) {
                closed = true; // What a server sends behind it would be against the rules.
            } else if (!(event instanceof Event.Came)) {
                return Finding.pass(got.isEmpty() ? "no message" : got);
            }
        }
    }

    private Finding failure(Wanted.Failure wanted) throws InterruptedException {
        List<Reply> before = new ArrayList<>(wanted.before());
        Reply proof = Reply.pong(PROOF);
        boolean asked = false;
        await(timeout.compareTo(BEFORE_PROOF) < 0 ? timeout : BEFORE_PROOF);
        while (true) {
            Event event = next();
            if (event instanceof Event.Silence && !asked) {
                asked = true;
                peer.sendAside(Masked.ping(PROOF));
                await(timeout);
            } else if (event instanceof Event.Came came) {
                Reply reply = came.reply();
                if (reply.equals(proof)) {
                    return wentOn(wanted, peer.got(), "the connection goes on: the peer answers a ping");
                }
                if (!before.remove(reply) && reply instanceof Reply.Message) {
                    return wentOn(wanted, peer.got(), "expected the connection to fail, got " + reply);
                }
                ignored = true;
            } else if (event instanceof Event.Silence) {
                return wentOn(wanted, got(event), "expected the connection to fail, got nothing");
            } else {
                return failed(event, wanted);
            }
        }
    }

    private static Finding wentOn(Wanted.Failure wanted, String got, String why) {
        return wanted.should()
                ? Finding.strict(got, why + " (the RFC's MUST binds the sender)")
                : Finding.fail(got, why);
    }

    private Finding failed(Event event, Wanted.Failure wanted) {
        if (event instanceof Event.Broken broken) {
            return Finding.fail(peer.got(), broken.what());
        }
        if (event instanceof Event.GivenUp) {
            return wentOn(wanted, peer.got(), "expected the connection to fail");
        }
        if (event instanceof Event.Close close) {
            if (close.code() == CloseCode.NORMAL_CLOSURE.value()
                    && !wanted.codes().contains(close.code())) {
                // 7.4.1: 1000 says that all is well, so the fault was not seen.
                return wentOn(wanted, peer.got(), "expected code " + Shown.codes(wanted.codes()) + ", got 1000");
            }
            return wanted.codes().contains(close.code())
                    ? Finding.pass(peer.got())
                    : wrongCode(close, Shown.codes(wanted.codes()));
        }
        return Finding.strict(peer.got(), "the end came without a Close frame (RFC 6455 7.1.7)");
    }

    private Finding wrongCode(Event.Close close, String codes) {
        boolean valid = close.code() == 1005 || new CloseCode(close.code()).isValidOnWire();
        String why = "expected code " + codes + ", got " + close.code();
        return valid
                ? Finding.strict(peer.got(), why)
                : Finding.fail(peer.got(), why + ", which must not be sent (RFC 6455 7.4)");
    }

    private Finding goodbye(Wanted.Goodbye wanted) throws InterruptedException {
        Pending pending = new Pending(wanted.before());
        while (true) {
            Event event = next();
            if (event instanceof Event.Came came) {
                String wrong = take(came.reply(), pending);
                if (!wrong.isEmpty()) {
                    return Finding.fail(peer.got(), wrong);
                }
            } else if (event instanceof Event.Close close) {
                if (!pending.isEmpty()) {
                    return Finding.fail(peer.got(), "expected " + pending + " before the Close frame");
                }
                return wanted.codes().contains(close.code()) ? end() : wrongCode(close, Shown.codes(wanted.codes()));
            } else {
                return Finding.fail(got(event), "expected a Close frame, got " + event);
            }
        }
    }

    /** Section 7.1.1: the server ends TCP once both Close frames were sent. */
    private Finding end() throws InterruptedException {
        String got = peer.got();
        if (peer.role() == Role.SERVER) {
            return Finding.pass(got); // To end TCP is then our part.
        }
        await(timeout);
        Event event = next();
        if (event instanceof Event.End) {
            return Finding.pass(got + ", end of TCP");
        }
        return event instanceof Event.Silence || event instanceof Event.GivenUp
                ? Finding.strict(got(event), "expected the server to end TCP (RFC 6455 7.1.1), got nothing")
                : Finding.fail(peer.got(), "expected nothing behind the Close frame, got " + event);
    }

    private Finding someEnd(Wanted.SomeEnd wanted) throws InterruptedException {
        Event event = next();
        while (event instanceof Event.Came came && came.reply() instanceof Reply.Pong) {
            ignored = true;
            event = next();
        }
        if (event instanceof Event.Close close) {
            return wanted.codes().contains(close.code())
                    ? Finding.pass(peer.got())
                    : new Finding(Verdict.UNDEFINED, peer.got(), "the RFC does not say which code answers this one");
        }
        if (event instanceof Event.Broken broken) {
            return new Finding(Verdict.UNDEFINED, peer.got(), broken.what());
        }
        return event instanceof Event.End
                ? new Finding(Verdict.UNDEFINED, peer.got(), "an end without a Close frame")
                : Finding.fail(got(event), "expected an end, got " + event);
    }

    private Finding notOpened() throws InterruptedException {
        Event event = next();
        if (isEnd(event)) {
            return Finding.pass(peer.got());
        }
        return event instanceof Event.Came || event instanceof Event.Broken
                ? Finding.fail(peer.got(), "the client took this answer, and sends")
                : Finding.strict(got(event), "expected the client to end TCP (RFC 6455 7.1.7), got " + event);
    }

    private String got(Event last) {
        String before = peer.got();
        return before.isEmpty() ? last.toString() : last instanceof Event.Silence ? before + ", " + last : before;
    }
}
