package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.wire.HeaderField;
import java.util.List;

/**
 * What to make of a redirect. A browser follows none (WHATWG WebSockets section 3.1 sets Fetch's redirect mode "error");
 * who asks for it gets as many as asked, and no secret leaves the origin that it was meant for.
 */
final class Redirect {
    /** What to do with a refused handshake. */
    sealed interface Decision permits Follow, Fail {}

    /**
     * Connect there.
     *
     * @param headers the user's, if the origin is the same; else none, since nobody knows which of them are secret
     */
    record Follow(Address address, List<HeaderField> headers) implements Decision {}

    /** Give up. */
    record Fail(ErrorEvent error) implements Decision {}

    private Redirect() {}

    /**
     * Decides.
     *
     * @param refused how the server refused
     * @param followed redirects so far
     * @param most redirects to follow; 0 follows none
     */
    static Decision decide(Address from, List<HeaderField> headers, ErrorEvent refused, int followed, int most) {
        String location = refused.headers().first("Location");
        if (most == 0 || !isRedirect(refused.status()) || location == null) {
            return new Fail(refused);
        }
        if (followed == most) {
            return fail(refused, "expected at most " + most + " redirects, got one more");
        }
        WebSocketUrl url = from.url().resolve(location);
        if (url == null) {
            return fail(refused, "expected a Location that is a ws, wss, http or https address, got another");
        }
        if (!url.userInfo().isEmpty()) {
            return fail(refused, "expected a Location without user and password, got one with them");
        }
        if (from.isSecure() && !url.isSecure()) {
            return fail(refused, "expected a redirect from wss to wss, got one to ws");
        }
        Address to = new Address(url, from.protocols());
        boolean same = url.origin().equals(from.url().origin());
        return new Follow(same ? to.withUserInfoOf(from) : to, same ? headers : List.of());
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Fail fail(ErrorEvent refused, String why) {
        return new Fail(new ErrorEvent(
                Step.HANDSHAKE,
                "the redirect is not followed: " + why,
                refused.status(),
                refused.headers(),
                refused.diagnosis(),
                null));
    }
}
