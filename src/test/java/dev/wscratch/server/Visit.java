package dev.wscratch.server;

import java.util.List;
import java.util.Map;

/**
 * A fault, and what each client is expected to make of it.
 *
 * <p>An outcome is {@code refused} (never opened), a close code (the connection ended by itself), {@code failed} (it ended
 * and the client tells no code), {@code ok} (it stayed open and the client's own Close was answered), {@code own 1006} (the
 * client's own Close came to another end) or {@code hangs} (it came to no end while the test waited).
 *
 * @param path and query below {@code /fault/}
 * @param expected an outcome for each client; several with bars between them
 */
record Visit(String path, Map<Client, String> expected) {
    /** The clients. */
    enum Client {
        NODE_WS,
        JAVA_NET_HTTP,
        WSCRATCH,
        CHROMIUM
    }

    /**
     * What became of it.
     *
     * @param outcome as above
     * @param detail for a person
     */
    record Outcome(String outcome, String detail) {}

    static Visit of(String path, String nodeWs, String javaNetHttp, String wscratch, String chromium) {
        return new Visit(
                path,
                Map.of(
                        Client.NODE_WS, nodeWs,
                        Client.JAVA_NET_HTTP, javaNetHttp,
                        Client.WSCRATCH, wscratch,
                        Client.CHROMIUM, chromium));
    }

    /** How long a client leaves an open connection alone before it closes it. Ends that are expected have time to come. */
    int patienceMillis(Client client) {
        return outcomes(client).stream().allMatch(outcome -> outcome.matches("ok|own 1006|hangs")) ? 500 : 15_000;
    }

    /** How long a client then waits for the end. */
    int farewellMillis(Client client) {
        return outcomes(client).contains("hangs") ? 1_000 : 15_000;
    }

    /** More than one where a client's threads race. */
    List<String> outcomes(Client client) {
        return List.of(expected.get(client).split("[|]"));
    }
}
