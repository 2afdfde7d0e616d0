package dev.wscratch.cli;

import dev.wscratch.wire.CloseCode;
import dev.wscratch.wire.CloseReason;

/** What a user may close with. */
final class CloseOption {
    private CloseOption() {}

    /**
     * Reads it.
     *
     * @param source for the complaint
     * @throws UsageException if the code is not 1000 or 3000 to 4999, or the reason is longer than 123 bytes
     */
    static CloseReason of(String source, String digits, String reason) {
        CloseCode code = new CloseCode(new Value(source, digits).number(1000, 4999));
        if (!code.maySendFromPage()) {
            throw new Value(source, digits).wrong("1000, or 3000 to 4999");
        }
        try {
            return new CloseReason(code, reason);
        } catch (IllegalArgumentException e) {
            throw new UsageException(source + ": " + e.getMessage());
        }
    }
}
