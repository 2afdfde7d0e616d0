package dev.wscratch.client;

import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.wire.HeaderField;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @param ownTls whether the user gave TLS settings, which may hold a client certificate: then no other origin is asked,
     *     since TLS would show it to each server that wants it
     */
    static Decision decide(
            Address from, List<HeaderField> headers, ErrorEvent refused, int followed, int most, boolean ownTls) {
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
        if (ownTls && !same) {
            return fail(
                    refused,
                    "expected one to the same origin, since the TLS settings of this WebSocket may hold a client"
                            + " certificate for it alone, got one to " + url.origin()
                            + "; connect there with settings of its own");
        }
        return new Follow(same ? to.withUserInfoOf(from) : to, same ? headers : List.of());
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** A place that can be read as a URL, and not be asked for in HTTP. */
    static Fail unfit(ErrorEvent refused, IllegalArgumentException why) {
        return fail(refused, "expected a Location that can be requested, got another", why);
    }

    private static Fail fail(ErrorEvent refused, String why) {
        return fail(refused, why, null);
    }

    private static Fail fail(ErrorEvent refused, String why, @Nullable Throwable cause) {
        return new Fail(new ErrorEvent(
                Step.HANDSHAKE,
                "the redirect is not followed: " + why,
                refused.status(),
                refused.headers(),
                refused.body(),
                refused.diagnosis(),
                cause));
    }
}
