package dev.wscratch.wire;

/** The words for each close code (RFC 6455 section 7.4 and the IANA registry). */
final class CloseDiagnoses {
    private static final String CLOSER = "whoever closed the connection";
    private static final String NOBODY = "nobody: it is only reported";

    private CloseDiagnoses() {}

    static Diagnosis of(CloseCode code) {
        Diagnosis words = template(code);
        return new Diagnosis(
                Template.fill(words.happened(), "code", code.value()),
                words.who(),
                Template.fill(words.cause(), "code", code.value()),
                words.advice());
    }

    /** With {@code {code}} where the code's number goes, so that it fits a whole range of codes. */
    static Diagnosis template(CloseCode code) {
        return switch (code.value()) {
            case 1000 -> closer("The connection did what it was for and was closed.", "All is well.", "Nothing.");
            case 1001 ->
                closer(
                        "One end went away.",
                        "The server is stopping, or the page was left or reloaded.",
                        "Connect again after a moment if you still need it.");
            case 1002 ->
                closer(
                        "One end broke a rule of the protocol, and the other noticed.",
                        "A hand-written client or server, or a proxy that changed bytes.",
                        "Read the reason in the close frame: it names the rule.");
            case 1003 ->
                closer(
                        "A kind of message came that this endpoint does not take.",
                        "Binary was sent where text is expected, or the other way round.",
                        "Send the other kind.");
            case 1007 ->
                closer(
                        "A message's content does not fit its kind.",
                        "A text message was not UTF-8, or not what the endpoint parses.",
                        "Encode text as UTF-8, or send binary.");
            case 1008 ->
                closer(
                        "A message broke a rule of the application or a limit of the server.",
                        "Too many pings, too many fragments, or no permission.",
                        "Read the reason; slow down, or ask for permission.");
            case 1009 ->
                closer(
                        "A message was larger than the receiver takes.",
                        "The limit is lower than the message.",
                        "Send smaller messages, or raise the receiver's limit.");
            case 1010 ->
                new Diagnosis(
                        "The client needs an extension that the server did not agree to.",
                        "the client",
                        "The server does not offer it, or a proxy took the header off.",
                        "Switch the extension on in the server, or do without it in the client.");
            case 1011 ->
                closer(
                        "One end met a condition that it did not expect.",
                        "An error in the program, usually the server's.",
                        "Look into the server's log at that time.");
            case 1012 ->
                closer(
                        "The service restarts.",
                        "A new version, or an operator.",
                        "Connect again after a random delay.");
            case 1013 ->
                closer(
                        "The server asks to try again later.",
                        "It is overloaded, or this client read too slowly.",
                        "Wait, connect again, and read what arrives without delay.");
            case 1014 ->
                closer(
                        "A gateway got a bad answer from the server behind it.",
                        "The server behind is down or broke off.",
                        "Look at the server behind the gateway.");
            default -> ofOthers(code);
        };
    }

    private static Diagnosis ofOthers(CloseCode code) {
        return switch (code.value()) {
            case 1005 ->
                new Diagnosis(
                        "The connection was closed without saying why.",
                        NOBODY,
                        "The close frame was empty, which is allowed: close() without a code sends that.",
                        "Close with a code if the other end should know.");
            case 1006 ->
                new Diagnosis(
                        "The connection ended without a close frame.",
                        NOBODY,
                        "The network or a program broke off, a proxy gave up on a silent connection, or the handshake failed.",
                        "Connect again; if it happens after a regular time, send pings more often than that.");
            case 1015 ->
                new Diagnosis(
                        "The TLS handshake failed.",
                        NOBODY,
                        "The certificate is not trusted, expired or for another name, or the port does not speak TLS.",
                        "Open the address with https:// in a browser and read what it says.");
            case 3000 ->
                closer(
                        "The client did not say who it is.",
                        "No login, or an expired one.",
                        "Log in and connect again.");
            case 3003 ->
                closer(
                        "The client may not do this.",
                        "Its account lacks the permission.",
                        "Ask for it, or do without.");
            case 3008 ->
                closer(
                        "One end waited too long for the other.",
                        "A slow or lost peer.",
                        "Answer sooner, or raise the time allowed.");
            default -> ofRange(code);
        };
    }

    private static Diagnosis ofRange(CloseCode code) {
        return switch (code.name()) {
            case "LIBRARY_CODE" ->
                closer(
                        "A library or framework closed the connection with a code of its own.",
                        "Its documentation says what {code} means.",
                        "Look the code up there.");
            case "PRIVATE_CODE" ->
                closer(
                        "The application closed the connection with a code of its own.",
                        "Its makers decide what {code} means.",
                        "Look the code up in the application's documentation.");
            default ->
                new Diagnosis(
                        "The code {code} has no meaning, and nobody may send it.",
                        NOBODY,
                        "A number of one's own was chosen from the range that the protocol keeps, or it is a mistake.",
                        "Use 1000, or a number from 4000 to 4999.");
        };
    }

    private static Diagnosis closer(String happened, String cause, String advice) {
        return new Diagnosis(happened, CLOSER, cause, advice);
    }
}
