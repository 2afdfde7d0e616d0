package dev.wscratch.wire;

/**
 * What to make of a broken rule or of a close code, in words for people who are new to the protocol. The page, the
 * command line, the client and the log show the same ones.
 *
 * @param happened what happened, in one sentence
 * @param who whose doing it is
 * @param cause the likely reason
 * @param advice what to try
 */
public record Diagnosis(String happened, String who, String cause, String advice) {
    /** What to make of a broken rule. */
    public static Diagnosis of(Rule rule) {
        if (rule instanceof FrameRule frameRule) {
            return FrameDiagnoses.of(frameRule);
        }
        if (rule instanceof HandshakeRule handshakeRule) {
            return HandshakeDiagnoses.of(handshakeRule);
        }
        return rule instanceof ResponseRule responseRule
                ? ResponseDiagnoses.of(responseRule)
                : HeadDiagnoses.of((HeadRule) rule);
    }

    /** What to make of the code with which a connection ended. */
    public static Diagnosis of(CloseCode code) {
        return CloseDiagnoses.of(code);
    }
}
