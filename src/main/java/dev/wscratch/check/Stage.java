package dev.wscratch.check;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The stages in which a server is checked, in the order in which one is built. */
public enum Stage {
    HANDSHAKE(1, "The answer to the opening request: 101, and the accept value that proves it was read (section 4.2)."),
    TEXT(2, "Read one masked text frame, unmask it, and send the same text back unmasked (section 5.6)."),
    LENGTHS(3, "A length has 7, 16 or 64 bits, big-endian: look at 125, 126, 65535 and 65536 (section 5.2)."),
    MASKING(4, "A client's frame has MASK = 1 and a key of its own; one without is refused (sections 5.1 and 5.3)."),
    FRAGMENTS(5, "A message ends at FIN = 1; until then append the continuation frames to it (section 5.4)."),
    CONTROL(
            6,
            "Answer a ping with its own payload, also between fragments; refuse reserved bits and opcodes (5.2, 5.5)."),
    UTF8(
            7,
            "Text is UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF, also across frames (section 8.1)."),
    CLOSE(8, "Answer a Close frame with a Close frame, send nothing more, then end TCP (sections 5.5.1 and 7)."),
    LIMITS(9, "Bound what one peer can make you keep, and say 1009 when it is too much (section 10.4)."),
    COMPRESSION(
            10, "permessage-deflate: RSV1 on the first frame, raw DEFLATE without its last four bytes (RFC 7692 7).");

    private final int number;
    private final String advice;

    Stage(int number, String advice) {
        this.number = number;
        this.advice = advice;
    }

    /** {@return 1 for the first} */
    public int number() {
        return number;
    }

    /** {@return the name in small letters, as it is typed} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what a person who builds a server does about this stage} */
    public String advice() {
        return advice;
    }

    /** {@return the stage of this label or number; empty if there is none} */
    public static Optional<Stage> of(String text) {
        String typed = text.strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(stage -> stage.label().equals(typed)
                        || Integer.toString(stage.number()).equals(typed))
                .findFirst();
    }
}
