package dev.wscratch.transport;

import jakarta.websocket.CloseReason.CloseCodes;

/** Close reasons in Jakarta's form. */
final class JakartaCloseReason {
    private JakartaCloseReason() {}

    /**
     * The same reason for Tyrus, which has no name for two codes that IANA has registered since: 1014 becomes 1011 with
     * the number in its text, which {@code @OnClose} sees; the peer is answered with its own code.
     */
    static jakarta.websocket.CloseReason of(dev.wscratch.wire.CloseReason reason) {
        int code = reason.code().value();
        if (code == 1014) {
            return new jakarta.websocket.CloseReason(CloseCodes.UNEXPECTED_CONDITION, "1014 bad gateway");
        }
        return new jakarta.websocket.CloseReason(CloseCodes.getCloseCode(code), reason.reason());
    }
}
