package dev.wscratch.check;

/** A verdict with what was seen and why it is that. */
record Finding(Verdict verdict, String got, String why) {
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
