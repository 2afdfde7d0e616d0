package dev.wscratch.check;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Watches a conversation after its steps were played, and says what it has shown. */
final class Judge {
    /** What proves that a peer is still there, and has not failed the connection. */
    private static final String PROOF = "still there?";

    /** A peer that fails a connection does so at once; after this it is asked. */
    private static final long BEFORE_PROOF = Duration.ofMillis(300).toNanos();

    /** How long a peer may take to say goodbye at the end of a case that is not about that. */
    private static final long PARTING = Duration.ofMillis(250).toNanos();

    private final Conversation peer;
    private final long timeout;

    Judge(Conversation peer, Duration timeout) {
        this.peer = peer;
        this.timeout = timeout.toNanos();
    }

    Finding judge(Wanted wanted) throws InterruptedException {
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
        return wanted instanceof Wanted.Goodbye goodbye ? goodbye(goodbye) : someEnd((Wanted.SomeEnd) wanted);
    }

    private Finding replies(List<Reply> replies, Wanted wanted) throws InterruptedException {
        Pending pending = new Pending(replies);
        while (!pending.isEmpty()) {
            Event event = peer.next(timeout);
            if (event instanceof Event.Came came) {
                String wrong = pending.take(came.reply());
                if (!wrong.isEmpty()) {
                    return Finding.fail(peer.got(), wrong);
                }
            } else if (wanted instanceof Wanted.Either either && isEnd(event)) {
                return failed(event, either.failure());
            } else if (wanted instanceof Wanted.Early && isEnd(event)) {
                return new Finding(Verdict.UNDEFINED, peer.got(), Wanted.Early.WHY);
            } else {
                return Finding.fail(got(event), "expected " + pending + ", got " + event);
            }
        }
        return parting();
    }

    private static boolean isEnd(Event event) {
        return event instanceof Event.Close || event instanceof Event.End;
    }

    /** Says goodbye; whatever message comes before the answer is one too many. */
    private Finding parting() throws InterruptedException {
        String got = peer.got();
        peer.sendAside(Masked.close(CloseCode.NORMAL_CLOSURE.value()));
        Event event = peer.next(PARTING);
        while (event instanceof Event.Came came) {
            if (came.reply() instanceof Reply.Message) {
                return Finding.fail(peer.got(), "expected no further message, got " + event);
            }
            event = peer.next(PARTING);
        }
        return Finding.pass(got.isEmpty() ? "no message" : got);
    }

    private Finding failure(Wanted.Failure wanted) throws InterruptedException {
        List<Reply> before = new ArrayList<>(wanted.before());
        boolean asked = false;
        while (true) {
            Event event = peer.next(asked ? timeout : Math.min(timeout, BEFORE_PROOF));
            if (event instanceof Event.Silence && !asked) {
                asked = true;
                peer.sendAside(Masked.ping(PROOF));
            } else if (event instanceof Event.Came came) {
                Reply reply = came.reply();
                if (!before.remove(reply)) {
                    String why = reply.equals(Reply.pong(PROOF))
                            ? "the connection goes on: the peer answers a ping"
                            : "expected the connection to fail, got " + reply;
                    return wentOn(wanted, peer.got(), why);
                }
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
            Event event = peer.next(timeout);
            if (event instanceof Event.Came came) {
                String wrong = pending.take(came.reply());
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
        Event event = peer.next(timeout);
        if (event instanceof Event.End) {
            return Finding.pass(got + ", end of TCP");
        }
        return event instanceof Event.Silence
                ? Finding.strict(got(event), "expected the server to end TCP (RFC 6455 7.1.1), got nothing")
                : Finding.fail(peer.got(), "expected nothing behind the Close frame, got " + event);
    }

    private Finding someEnd(Wanted.SomeEnd wanted) throws InterruptedException {
        Event event = peer.next(timeout);
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

    private String got(Event last) {
        String before = peer.got();
        return before.isEmpty() ? last.toString() : last instanceof Event.Silence ? before + ", " + last : before;
    }
}
