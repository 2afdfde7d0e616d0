package dev.wscratch.check;

/** What a case has shown. */
public enum Verdict {
    /** As the RFC has it. */
    PASS("pass"),
    /** The peer is safe to talk to, but not what the RFC says it should be: for instance no Close frame before the end. */
    STRICT_FAIL("strict"),
    /** Against a MUST of the RFC. */
    FAIL("fail"),
    /** The RFC leaves it open; what was seen is told. */
    UNDEFINED("undefined"),
    /** Not tried; the reason is told. */
    SKIPPED("skipped");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** {@return one word in small letters} */
    public String label() {
        return label;
    }
}
