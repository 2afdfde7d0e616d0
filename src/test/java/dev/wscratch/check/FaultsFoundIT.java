package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.fault.FaultTable;
import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker against every fault of the room: it says what is wrong, and finds nothing where nothing is. */
@Timeout(60)
class FaultsFoundIT {
    private static final Duration TIMEOUT = Duration.ofMillis(700);

    /** Path below /fault/; case; its verdict; and what the finding says, as a regular expression. */
    private static final List<String> ROWS =
            """
            bad-accept                   ; 1.1  ; FAIL   ; .*Sec-WebSocket-Accept.*
            missing-header/accept        ; 1.1  ; FAIL   ; .*Sec-WebSocket-Accept.*
            missing-header/upgrade       ; 1.1  ; FAIL   ; .*Upgrade.*
            missing-header/connection    ; 1.1  ; FAIL   ; .*Connection.*
            status/503                   ; 1.1  ; FAIL   ; 503 .*
            status/200                   ; 1.1  ; FAIL   ; 200 .*
            redirect                     ; 1.1  ; FAIL   ; 302 .*
            slow-head?rate=2000          ; 2.1  ; PASS   ; text "Hello".*
            stuck-head/30?for=2s         ; 1.1  ; FAIL   ; no answer for 700 ms.*
            endless-head?rate=100000     ; 1.1  ; FAIL   ; (no answer for 700 ms|an answer without an empty line).*
            not-http                     ; 1.1  ; FAIL   ; .*SSH-2.0.*
            subprotocol/unoffered        ; 1.10 ; FAIL   ; .*unoffered.wscratch.*
            subprotocol/two              ; 1.10 ; FAIL   ; .*expected none, or one that was offered, got.*
            subprotocol/none             ; 1.10 ; PASS   ; 101.*
            rsv/1                        ; 2.1  ; FAIL   ; .*RSV1.*
            rsv/2                        ; 2.1  ; FAIL   ; .*RSV2.*
            rsv/3                        ; 2.1  ; FAIL   ; .*RSV3.*
            rsv/1?messages=1             ; 2.1  ; FAIL   ; .*RSV1.*
            opcode/3                     ; 2.1  ; FAIL   ; .*opcode.*3.*
            opcode/15                    ; 2.1  ; FAIL   ; .*opcode F.*
            masked                       ; 2.1  ; FAIL   ; .*mask.*
            masked?messages=1            ; 2.1  ; FAIL   ; .*mask.*
            big-control/ping             ; 2.1  ; FAIL   ; .*at most 125 bytes in a ping.*
            big-control/pong             ; 2.1  ; FAIL   ; .*at most 125 bytes in a pong.*
            big-control/close            ; 2.1  ; FAIL   ; .*at most 125 bytes in a close.*
            fragmented-control/ping      ; 2.1  ; FAIL   ; .*FIN.*
            bad-utf8                     ; 2.1  ; FAIL   ; .*UTF-8.*
            bad-utf8/split               ; 2.1  ; FAIL   ; .*UTF-8.*
            bad-utf8/cut                 ; 2.1  ; FAIL   ; .*UTF-8.*
            bad-utf8/overlong            ; 2.1  ; FAIL   ; .*UTF-8.*
            bad-utf8/surrogate           ; 2.1  ; FAIL   ; .*UTF-8.*
            bare-continuation            ; 2.1  ; FAIL   ; .*continu.*
            interrupted                  ; 2.1  ; FAIL   ; .*5\\.4.*
            length/not-minimal-16        ; 2.1  ; FAIL   ; .*length.*
            length/not-minimal-64        ; 2.1  ; FAIL   ; .*length.*
            length/high-bit              ; 2.1  ; FAIL   ; .*length.*
            close/1000                   ; 2.1  ; FAIL   ; .*close 1000.*
            close/4001                   ; 2.1  ; FAIL   ; .*close 4001.*
            close/1005                   ; 2.1  ; FAIL   ; .*1005.*
            close-empty                  ; 2.1  ; FAIL   ; .*close without code.*
            bad-close/one-byte           ; 2.1  ; FAIL   ; .*5\\.5\\.1.*
            bad-close/bad-utf8           ; 2.1  ; FAIL   ; .*UTF-8.*
            data-after-close?messages=1  ; 2.1  ; FAIL   ; .*bytes behind its Close frame.*
            no-close?for=2s              ; 2.1  ; PASS   ; text "Hello".*
            no-close?for=5s              ; 8.1  ; FAIL   ; .*expected a Close frame, got nothing for 700 ms.*
            no-fin?for=5s                ; 8.1  ; STRICT_FAIL ; .*expected the server to end TCP.*
            tcp/fin                      ; 2.1  ; FAIL   ; .*got end of TCP.*
            mid-frame/silence?for=2s     ; 2.1  ; FAIL   ; .*got nothing for 700 ms.*
            mid-frame/fin                ; 2.1  ; FAIL   ; .*got end of TCP.*
            silent?for=2s                ; 2.1  ; FAIL   ; .*got nothing for 700 ms.*
            deaf?for=9s                  ; 9.4  ; FAIL   ; .*given up: the case takes longer than 7000 ms.*
            ignored-pings                ; 2.1  ; PASS   ; text "Hello".*
            ignored-pings                ; 6.2  ; FAIL   ; .*expected pong "a", got nothing for 700 ms.*
            no-pong                      ; 2.1  ; PASS   ; text "Hello".*
            ping-flood?count=200         ; 2.1  ; PASS   ; text "Hello".*
            unsolicited-pong             ; 2.1  ; PASS   ; .*text "Hello".*
            unsolicited-pong             ; 6.2  ; PASS   ; .*pong "a".*
            ping/hi                      ; 2.3  ; FAIL   ; .*expected text "a", got text "Hello".*
            fragmented-echo/1            ; 3.10 ; PASS   ; .*
            fragmented-echo/1            ; 2.7  ; PASS   ; .*
            slow-echo/1000               ; 2.1  ; PASS   ; text "Hello".*
            late-echo?delay=200ms        ; 2.11 ; PASS   ; .*
            wrong-echo/duplicate         ; 2.1  ; FAIL   ; .*expected no further message, got text "Hello".*
            wrong-echo/drop              ; 2.10 ; FAIL   ; .*expected text "two", got nothing for 700 ms.*
            wrong-echo/type              ; 2.1  ; FAIL   ; .*expected text "Hello", got binary.*
            wrong-echo/truncate          ; 2.1  ; FAIL   ; .*expected text "Hello", got text "He".*
            deflate-answer/unoffered     ; 2.1  ; SKIPPED ; .*
            deflate-answer/unoffered     ; 1.1  ; FAIL   ; .*x-unoffered.*
            deflate-answer/unknown-parameter  ; 10.1 ; FAIL ; .*x-unknown.*
            deflate-answer/bad-window         ; 10.1 ; FAIL ; .*server_max_window_bits.*16.*
            deflate-answer/repeated-parameter ; 10.1 ; FAIL ; .*server_no_context_takeover again.*
            deflate-answer/twice              ; 10.1 ; FAIL ; .*permessage-deflate.*
            deflate-data/corrupt         ; 10.1 ; FAIL   ; .*DEFLATE.*
            deflate-data/rsv1-continuation ; 10.1 ; FAIL ; .*RSV1.*
            deflate-data/rsv1-ping       ; 10.1 ; FAIL   ; .*RSV1.*
            bomb/64                      ; 10.1 ; FAIL   ; .*
            """
                    .lines()
                    .toList();

    private static WscratchServer server;

    @BeforeAll
    static void start() throws IOException {
        server = WscratchServer.builder().port(0).faults(true).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> rows() {
        return ROWS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theFaultIsNamed(String row) throws Exception {
        String[] cells = row.split(" *; *", -1);
        Server target = Server.parse("ws://127.0.0.1:" + server.port() + "/fault/" + cells[0]);
        Report report = new Checker(target, null, TIMEOUT).run(Selection.of(Set.of(), Set.of(cells[1])), outcome -> {});
        Outcome outcome = report.outcomes().get(0);
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.valueOf(cells[2]));
        assertThat(outcome.got() + " " + outcome.why()).as(outcome.toString()).matches(cells[3]);
    }

    @Test
    void noFaultIsLeftOut() {
        Set<String> ids = Pattern.compile("\"id\":\"([^\"]+)\"")
                .matcher(FaultTable.json())
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tried =
                ROWS.stream().map(row -> row.split("[/?; ]", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
        assertThat(tried).isEqualTo(ids);
    }
}
