package dev.wscratch.check;

/** A verdict with what was seen and why it is that. */
record Finding(Verdict verdict, String got, String why) {
    /** The reason of a skip that is the server's good right; every other one leaves something unchecked. */
    static final String DECLINED = "the server declined this offer of permessage-deflate";

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
