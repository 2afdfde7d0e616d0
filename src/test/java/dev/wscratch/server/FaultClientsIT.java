package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.NodeFolder;
import dev.wscratch.peer.Scheme;
import dev.wscratch.server.Visit.Client;
import dev.wscratch.server.Visit.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What four clients make of each fault. The outcomes, with what each client said, are written to {@code
 * target/fault-clients.md}.
 */
@Timeout(180)
class FaultClientsIT {
    private static final Path TABLE = Path.of("target", "fault-clients.md");
    private static final Map<Client, Map<String, Outcome>> OUTCOMES = new ConcurrentHashMap<>();

    /** In this order for a browser: it delays connections after many failed ones. */
    private static final List<Visit> VISITS = List.of(
            Visit.of("rsv/2", "1006", "failed", "1006", "1006"),
            Visit.of("opcode/3", "1006", "failed", "1006", "1006"),
            Visit.of("masked", "1006", "failed", "1006", "1006"),
            Visit.of("big-control/ping", "1006", "failed", "1006", "1006"),
            Visit.of("big-control/close", "1006", "failed", "1006", "1006"),
            Visit.of("fragmented-control/ping", "1006", "failed", "1006", "1006"),
            Visit.of("bare-continuation", "1006", "failed", "1006", "1006"),
            Visit.of("interrupted", "1006", "failed", "1006", "1006"),
            Visit.of("rsv/1", "1006", "failed", "1006", "1006"),
            Visit.of("bad-utf8/whole", "1006", "failed", "1006", "1006"),
            Visit.of("bad-utf8/split", "1006", "failed", "1006", "1006"),
            Visit.of("bad-utf8/cut", "1006", "failed", "1006", "1006"),
            Visit.of("bad-utf8/overlong", "1006", "failed", "1006", "1006"),
            Visit.of("bad-utf8/surrogate", "1006", "failed", "1006", "1006"),
            Visit.of("length/not-minimal-16", "ok", "failed", "1006", "1006"),
            Visit.of("length/not-minimal-64", "ok", "failed", "1006", "1006"),
            Visit.of("length/high-bit", "1006", "failed", "1006", "1006"),
            Visit.of("close/4001?reason=bye", "4001", "4001", "4001", "4001"),
            Visit.of("close/1001?messages=1&delay=50ms", "1001", "1001", "1001", "1001"),
            Visit.of("close/1006", "1006", "failed", "1006", "1006"),
            Visit.of("close/2999", "1006", "failed", "1006", "2999"),
            Visit.of("close-empty", "1005", "1005", "1005", "1005"),
            Visit.of("bad-close/one-byte", "1006", "failed", "1006", "1006"),
            Visit.of("bad-close/bad-utf8", "1006", "failed", "1006", "1006"),
            Visit.of("data-after-close", "1000", "1000", "1000", "1006"),
            Visit.of("no-close", "hangs", "hangs", "own 1006", "hangs"),
            Visit.of("no-fin", "ok", "ok", "ok", "ok"),
            Visit.of("tcp/fin", "1006", "1006|failed|hangs", "1006", "1006"),
            Visit.of("tcp/cut", "1006", "1006|failed|hangs", "1006", "1006"),
            Visit.of("tcp/reset", "1006", "1006|failed|hangs", "1006", "1006"),
            Visit.of("tcp/half-close?for=1s", "1006", "1006|failed|hangs", "1006", "1006"),
            Visit.of("mid-frame/fin", "1006", "1006|failed|hangs", "1006", "1006"),
            Visit.of("mid-frame/cut", "1006", "1006|failed|hangs", "1006", "1006"),
            Visit.of("mid-frame/reset", "1006", "1006|failed|hangs", "1006", "1006"),
            Visit.of("mid-frame/silence", "hangs", "hangs", "own 1006", "hangs"),
            Visit.of("mid-frame/silence?announced=4611686018427387904", "1006", "hangs", "1006", "1006"),
            Visit.of("silent", "hangs", "hangs", "own 1006", "hangs"),
            Visit.of("deaf", "hangs", "hangs", "own 1006", "hangs"),
            Visit.of("ignored-pings", "ok", "ok", "ok", "ok"),
            Visit.of("no-pong?every=100ms&timeout=300ms", "3008", "3008", "3008", "3008"),
            Visit.of("ping-flood?count=200&rate=10000", "1000", "1000", "1000", "1000"),
            Visit.of("unsolicited-pong", "ok", "ok", "ok", "ok"),
            Visit.of("ping/hi?every=10ms", "ok", "ok", "ok", "ok"),
            Visit.of("fragmented-echo/1", "ok", "ok", "ok", "ok"),
            Visit.of("slow-echo/100", "ok", "ok", "ok", "ok"),
            Visit.of("late-echo?delay=50ms&jitter=50ms", "ok", "ok", "ok", "ok"),
            Visit.of("wrong-echo/duplicate", "ok", "ok", "ok", "ok"),
            Visit.of("wrong-echo/drop", "ok", "ok", "ok", "ok"),
            Visit.of("wrong-echo/type", "ok", "ok", "ok", "ok"),
            Visit.of("wrong-echo/truncate", "ok", "ok", "ok", "ok"),
            Visit.of("slow-head?rate=1000", "ok", "ok", "ok", "ok"),
            Visit.of("deflate-data/final-block", "ok", "refused", "ok", "ok"),
            Visit.of("deflate-data/corrupt", "1006", "refused", "1006", "1006"),
            Visit.of("deflate-data/rsv1-continuation", "1006", "refused", "1006", "1006"),
            Visit.of("deflate-data/rsv1-ping", "1006", "refused", "1006", "1006"),
            Visit.of("bomb/64", "ok", "refused", "1006", "ok"),
            Visit.of("subprotocol/none", "refused", "ok", "refused", "refused"),
            Visit.of("bad-accept", "refused", "refused", "refused", "refused"),
            Visit.of("missing-header/accept", "refused", "refused", "refused", "refused"),
            Visit.of("missing-header/upgrade", "refused", "refused", "refused", "refused"),
            Visit.of("missing-header/connection", "refused", "refused", "refused", "refused"),
            Visit.of("status/401", "refused", "refused", "refused", "refused"),
            Visit.of("status/503", "refused", "refused", "refused", "refused"),
            Visit.of("redirect", "refused", "refused", "refused", "refused"),
            Visit.of("redirect/307?to=/echo", "refused", "refused", "refused", "refused"),
            Visit.of("stuck-head/30?for=500ms", "refused", "refused", "refused", "refused"),
            Visit.of("stuck-head/0?for=500ms", "refused", "refused", "refused", "refused"),
            Visit.of("endless-head?rate=100000&for=1s", "refused", "refused", "refused", "refused"),
            Visit.of("not-http", "refused", "refused", "refused", "refused"),
            Visit.of("subprotocol/unoffered", "refused", "refused", "refused", "refused"),
            Visit.of("subprotocol/two", "refused", "refused", "refused", "refused"),
            Visit.of("deflate-answer/unoffered", "refused", "refused", "refused", "refused"),
            Visit.of("deflate-answer/unknown-parameter", "refused", "refused", "refused", "refused"),
            Visit.of("deflate-answer/bad-window", "refused", "refused", "refused", "refused"),
            Visit.of("deflate-answer/repeated-parameter", "refused", "refused", "refused", "refused"),
            Visit.of("deflate-answer/twice", "ok", "refused", "refused", "refused"));

    private static WscratchServer server;

    private interface Visitor {
        Outcome visit(Scheme scheme, WscratchServer server, Visit visit) throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        server = WscratchServer.builder().port(0).tls(Scheme.tls()).faults(true).start();
    }

    @AfterAll
    static void writeTable() throws Exception {
        server.close();
        StringBuilder table = new StringBuilder("| fault |");
        for (Client client : Client.values()) {
            table.append(' ').append(client).append(" |");
        }
        table.append("\n|---|---|---|---|---|\n");
        for (Visit visit : VISITS) {
            table.append("| ").append(visit.path()).append(" |");
            for (Client client : Client.values()) {
                Outcome outcome = OUTCOMES.getOrDefault(client, Map.of()).get(visit.path());
                table.append(' ')
                        .append(outcome == null ? "not visited" : outcome.outcome() + ": " + outcome.detail())
                        .append(" |");
            }
            table.append('\n');
        }
        Files.writeString(TABLE, table);
    }

    @Test
    void nodesWs() throws Exception {
        NodeFolder node = NodeWsIT.installed();
        check(Client.NODE_WS, Visitors.nodeWs(node, Scheme.WS, server, VISITS));
        expectOverTls(Client.NODE_WS, Visitors.nodeWs(node, Scheme.WSS, server, VISITS));
    }

    @Test
    void javaNetHttp() throws Exception {
        check(Client.JAVA_NET_HTTP, visitAll(Scheme.WS, Visitors::javaNetHttp));
        expectOverTls(Client.JAVA_NET_HTTP, visitAll(Scheme.WSS, Visitors::javaNetHttp));
    }

    @Test
    void wscratch() throws Exception {
        check(Client.WSCRATCH, visitAll(Scheme.WS, Visitors::wscratch));
        SSLContext usual = SSLContext.getDefault();
        SSLContext.setDefault(Scheme.trusting());
        try {
            expectOverTls(Client.WSCRATCH, visitAll(Scheme.WSS, Visitors::wscratch));
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    @Test
    void chromium() {
        check(Client.CHROMIUM, Visitors.chromium(server, VISITS));
    }

    private static void check(Client client, Map<String, Outcome> outcomes) {
        OUTCOMES.put(client, outcomes);
        expect(client, outcomes, "");
    }

    /** What TLS carries is the same, so a client must make the same of it. */
    private static void expectOverTls(Client client, Map<String, Outcome> outcomes) {
        expect(client, outcomes, " over TLS");
    }

    private static void expect(Client client, Map<String, Outcome> outcomes, String how) {
        List<String> unexpected = VISITS.stream()
                .filter(visit -> !visit.outcomes(client)
                        .contains(outcomes.get(visit.path()).outcome()))
                .map(visit -> visit.path() + how + ": expected "
                        + visit.expected().get(client) + ", got " + outcomes.get(visit.path()))
                .toList();
        assertThat(unexpected).isEmpty();
    }

    private static Map<String, Outcome> visitAll(Scheme scheme, Visitor visitor) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(VISITS.size());
        try {
            Map<String, Future<Outcome>> running = VISITS.stream()
                    .collect(Collectors.toMap(
                            Visit::path, visit -> threads.submit(() -> visitor.visit(scheme, server, visit))));
            Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
            for (Map.Entry<String, Future<Outcome>> one : running.entrySet()) {
                outcomes.put(one.getKey(), one.getValue().get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
