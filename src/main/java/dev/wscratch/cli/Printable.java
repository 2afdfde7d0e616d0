package dev.wscratch.cli;

import dev.wscratch.wire.PeerText;

/** Text of a peer, so written that it cannot drive the terminal it is shown on. */
final class Printable {
    private Printable() {}

    /**
     * Writes the backslash and what is not printable as escapes; quotes and all else stay, for this text is shown as the
     * peer's words and not within ours.
     */
    static String of(String text) {
        return PeerText.withoutControls(text.replace("\\", "\\\\"));
    }
}
