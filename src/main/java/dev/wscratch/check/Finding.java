package dev.wscratch.check;

/** A verdict with what was seen and why it is that. */
record Finding(Verdict verdict, String got, String why) {
    /** The reason of a skip that is the server's good right; every other one leaves something unchecked. */
    static final String DECLINED = "the server declined this offer of permessage-deflate";

    /** The same of a client. */
    static final String NOT_OFFERED = "the client does not offer permessage-deflate";

    /** Whether a skip for this reason leaves nothing unchecked. */
    static boolean isHarmless(String why) {
        return why.startsWith(DECLINED) || why.startsWith(NOT_OFFERED);
    }

    static Finding pass(String got) {
        return new Finding(Verdict.PASS, got, "");
    }

    static Finding fail(String got, String why) {
        return new Finding(Verdict.FAIL, got, why);
    }

    static Finding strict(String got, String why) {
        return new Finding(Verdict.STRICT_FAIL, got, why);
    }
}
