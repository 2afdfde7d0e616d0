package dev.wscratch.check;

import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.PeerText;
import dev.wscratch.wire.ResponseHead;
import dev.wscratch.wire.ResponseRule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How the opening handshake ended. */
sealed interface Opening {
    /** 101 with all that belongs to it. */
    record Established(ClientHandshake.Established agreed) implements Opening {}

    /** Another status. */
    record Refused(int status, String reason) implements Opening {}

    /** Neither: a wrong 101 ({@code switched}), no HTTP, an end, or nothing in time. */
    record Failed(String what, boolean switched) implements Opening {}

    /** Larger heads are no answer to a handshake. */
    int LARGEST_HEAD = 32 * 1024;

    /** {@return the length of the head with its empty line, or -1 while that has not come} */
    static int headLength(String text) {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? -1 : end + 4;
    }

    /** Judges a whole head. */
    static Opening judge(String head, ClientHandshake handshake) {
        ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
        var parsed = ResponseHead.parse(bytes, new HeadLimits(LARGEST_HEAD, 200));
        if (parsed instanceof ClientHandshake.Failure failure) {
            return failed(failure, false);
        }
        ResponseHead answer = (ResponseHead) parsed;
        if (answer.status() != 101) {
            return new Refused(answer.status(), answer.reason());
        }
        var verdict = handshake.judge(answer);
        return verdict instanceof ClientHandshake.Established agreed
                ? new Established(agreed)
                : failed((ClientHandshake.Failure) verdict, true);
    }

    private static Failed failed(ClientHandshake.Failure failure, boolean switched) {
        // Reports do not have what was offered: it may be a token.
        String expected = failure.rule() == ResponseRule.SUBPROTOCOL_NOT_OFFERED
                ? "none, or one that was offered"
                : PeerText.withoutControls(failure.expected());
        return new Failed(
                "expected " + expected + ", got "
                        + PeerText.withoutControls(failure.actual()) + " ("
                        + failure.rule().section() + "): " + failure.rule().sentence(),
                switched);
    }

    /** {@return in words} */
    default String shown() {
        if (this instanceof Refused refused) {
            return refused.status() + " \"" + PeerText.escape(refused.reason(), 40) + "\"";
        }
        return this instanceof Failed failed ? failed.what() : "101";
    }
}
