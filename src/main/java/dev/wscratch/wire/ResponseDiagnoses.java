package dev.wscratch.wire;

/** The words for each rule of a server's answer to the opening handshake. */
final class ResponseDiagnoses {
    private static final String ON_THE_WAY = "the server, or a proxy on the way";

    private ResponseDiagnoses() {}

    static Diagnosis of(ResponseRule rule) {
        return switch (rule) {
            case STATUS_NOT_101 ->
                server(
                        "The server answered, but did not upgrade.",
                        "No WebSocket lives at that path (404), the client must log in (401, 403), the server is busy (503), or"
                                + " a proxy does not pass upgrades on (400, 426, 502).",
                        "Check the path, read the answer's body, and look at what stands between client and server.");
            case UPGRADE_NOT_WEBSOCKET ->
                server(
                        "The answer upgrades to something else.",
                        "The header is missing or misspelt in a hand-written server, or a proxy took it off.",
                        "Answer with Upgrade: websocket.");
            case CONNECTION_NOT_UPGRADE ->
                server(
                        "The answer's Connection does not say Upgrade.",
                        "The header is missing in a hand-written server, or a proxy replaced it.",
                        "Answer with Connection: Upgrade.");
            case ACCEPT_MISSING ->
                server(
                        "The answer has no proof that the server read this request.",
                        "The server does not know WebSocket, or sends the header twice.",
                        "Answer with one Sec-WebSocket-Accept, made from the key.");
            case ACCEPT_WRONG ->
                server(
                        "The proof does not fit the key that was sent.",
                        "The server hashes the decoded key instead of its text, forgot the GUID, or a cache answered.",
                        "Take the key as text, append the GUID, hash with SHA-1, and encode the 20 bytes in base64.");
            case SUBPROTOCOL_NOT_OFFERED ->
                server(
                        "The server chose a subprotocol that was not offered.",
                        "It always answers with its own, whatever it was asked; or the client offered none.",
                        "Offer that subprotocol in the client, or let the server choose from the client's list.");
            case SUBPROTOCOL_MISSING ->
                server(
                        "The server chose none of the subprotocols offered.",
                        "It does not know them, or does not look at the header.",
                        "Offer one that the server speaks, or none at all.");
            case EXTENSION_NOT_OFFERED ->
                server(
                        "The server uses an extension that was not offered.",
                        "It compresses whether asked or not.",
                        "Offer permessage-deflate in the client, or switch it off in the server.");
            case EXTENSIONS_MALFORMED ->
                server(
                        "The extensions that the server chose cannot be read.",
                        "A hand-written server sends an empty or misspelt header.",
                        "Leave Sec-WebSocket-Extensions out of the answer.");
            case DEFLATE_PARAMETERS_WRONG ->
                server(
                        "The server agrees to compression on terms that do not exist or were not offered.",
                        "A parameter of permessage-deflate is unknown, repeated or out of range (a window is 8 to 15 bits),"
                                + " or the extension is named twice.",
                        "Answer with permessage-deflate alone, or with parameters from RFC 7692 section 7.1 only.");
        };
    }

    private static Diagnosis server(String happened, String cause, String advice) {
        return new Diagnosis(happened, ON_THE_WAY, cause, advice);
    }
}
