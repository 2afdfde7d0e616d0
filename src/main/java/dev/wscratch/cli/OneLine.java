package dev.wscratch.cli;

import dev.wscratch.wire.PeerText;

/** Text of a log event on one line that ends. */
final class OneLine {
    private OneLine() {}

    /**
     * Writes control characters as escapes, and cuts what is too long. Backslashes and quotes stay, since our own events
     * contain them on purpose.
     *
     * @param most characters to keep
     */
    static String of(String text, int most) {
        if (text.length() <= most) {
            return PeerText.withoutControls(text);
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return PeerText.withoutControls(text.substring(0, end)) + "… (" + text.length() + " characters)";
    }
}
