package dev.wscratch.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.check.BrokenServer.Defect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker against servers with one defect each: it finds that one, and nothing else. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BrokenServerIT {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private static Report check(Defect defect, Set<Stage> stages) throws Exception {
        try (BrokenServer server = new BrokenServer(defect)) {
            return new Checker(server.address(), null, TIMEOUT).run(Selection.of(stages, Set.of()), outcome -> {});
        }
    }

    private static List<String> titles(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(one -> one.stage().label() + ": " + one.title())
                .toList();
    }

    @Test
    void theServerWithoutADefectFailsNothing() throws Exception {
        Report report = check(Defect.NONE, Set.of());
        assertThat(titles(report.with(Verdict.FAIL))).isEmpty();
        assertThat(titles(report.with(Verdict.STRICT_FAIL))).isEmpty();
        assertThat(report.with(Verdict.SKIPPED)).allMatch(one -> one.stage() == Stage.COMPRESSION);
    }

    /** Stages to play, and which titles fail: all that match, and no others. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            ANY_VERSION              ; HANDSHAKE,TEXT     ; handshake: (Sec-WebSocket-Version: |no Sec-WebSocket-Version).*
            TAKES_UNMASKED           ; TEXT,MASKING,CONTROL ; masking: an unmasked .*
            EMPTY_PONG               ; TEXT,CONTROL,CLOSE ; control: (a ping of (1|5|124|125) bytes|a ping of bytes|a ping of 125|ten pings|a ping behind|an unasked pong).*
            NO_PONG                  ; TEXT,CONTROL,CLOSE ; control: (a ping of (0|1|5|124|125) bytes|a ping of bytes|a ping of 125|ten pings|a ping behind|an unasked pong).*
            IGNORES_RESERVED_BITS    ; TEXT,CONTROL,CLOSE ; control: RSV.*
            IGNORES_RESERVED_OPCODES ; TEXT,CONTROL,CLOSE ; control: the reserved opcode .*
            TAKES_BAD_TEXT           ; TEXT,UTF8,CLOSE    ; utf8: (invalid: .*|a character that a second .*|a message that ends inside .*|an invalid byte in .*)
            TAKES_BAD_REASONS        ; TEXT,UTF8,CLOSE    ; close: a reason that is not UTF-8: .*
            TAKES_BAD_CODES          ; TEXT,UTF8,CLOSE    ; close: the code .* which must not be sent
            NO_CLOSE_ANSWER          ; TEXT,CLOSE         ; close: (1000 is|a Close frame without|a Close frame with|a reason of|a reason with ü|a Close frame in|the code (1\\d{3}|[34]\\d{3})$|a text behind|a ping behind|two Close|a bad frame).*
            CUTS_AT_65535            ; TEXT,LENGTHS,CLOSE ; lengths: (binary|text) of (65536|65537|100000) bytes.*
            LONG_CONTROL_FRAMES      ; TEXT,CONTROL,CLOSE ; control: a (ping|pong|close) of (126|65536) bytes
            LONELY_CONTINUATIONS     ; TEXT,FRAGMENTS     ; fragments: (a continuation with nothing|the same without FIN|an empty continuation|a continuation behind|a text behind a finished).*
            ANSWERS_EACH_FRAGMENT    ; TEXT,LENGTHS       ; none
            """)
    void exactlyTheDefectIsFound(Defect defect, String stages, String failing) throws Exception {
        Set<Stage> played = EnumSet.noneOf(Stage.class);
        for (String stage : stages.split(",", -1)) {
            played.add(Stage.valueOf(stage));
        }
        Report report = check(defect, played);
        List<String> expected = titles(report.outcomes()).stream()
                .filter(title -> title.matches(failing))
                .toList();
        assertThat(titles(report.with(Verdict.FAIL))).isEqualTo(expected);
        assertThat(expected.isEmpty()).isEqualTo(failing.equals("none"));
    }

    @Test
    void aServerThatDoesNotKnowCloseYetPassesTheStagesBeforeIt() throws Exception {
        Report report = check(Defect.ECHOES_CLOSE_AS_TEXT, EnumSet.of(Stage.HANDSHAKE, Stage.TEXT, Stage.CLOSE));
        assertThat(titles(report.with(Verdict.FAIL))).isNotEmpty().allMatch(title -> title.startsWith("close: "));
    }

    @Test
    void aServerThatIsGoneFailsTheNextCaseAndSkipsTheRest() throws Exception {
        try (BrokenServer server = new BrokenServer(Defect.NONE)) {
            List<Outcome> heard = new ArrayList<>();
            Report report = new Checker(server.address(), null, TIMEOUT)
                    .run(Selection.of(EnumSet.of(Stage.TEXT), Set.of()), outcome -> {
                        heard.add(outcome);
                        closeAfter(heard.size(), server);
                    });
            assertThat(report.outcomes()).isEqualTo(heard);
            assertThat(heard.get(0).verdict()).isEqualTo(Verdict.PASS);
            assertThat(heard.get(1).verdict()).isEqualTo(Verdict.FAIL);
            assertThat(heard.get(1).why()).isEqualTo("the server no longer accepts connections; the last case was 2.1");
            assertThat(heard.subList(2, heard.size())).isNotEmpty().allMatch(one -> one.verdict() == Verdict.SKIPPED);
        }
    }

    private static void closeAfter(int cases, BrokenServer server) {
        if (cases == 1) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aWrongAcceptFailsEveryHandshakeAndSkipsTheRest() throws Exception {
        Report report = check(Defect.WRONG_ACCEPT, EnumSet.of(Stage.HANDSHAKE, Stage.TEXT));
        assertThat(report.count(Stage.HANDSHAKE, Verdict.FAIL)).isGreaterThan(10);
        assertThat(report.outcomes().get(0).got()).contains("RFC 6455 4.1");
        assertThat(report.of(Stage.TEXT)).allMatch(one -> one.verdict() == Verdict.SKIPPED);
    }

    @Test
    void maskedFramesOfAServerFailEveryReply() throws Exception {
        Report report = check(Defect.MASKS_ITS_FRAMES, EnumSet.of(Stage.TEXT));
        assertThat(report.of(Stage.TEXT)).allMatch(one -> one.verdict() == Verdict.FAIL);
        assertThat(report.of(Stage.TEXT).get(0).got()).contains("a frame against the rules");
    }

    @Test
    void textThatComesBackAsBinaryFailsTextOnly() throws Exception {
        Report report = check(Defect.TEXT_AS_BINARY, EnumSet.of(Stage.TEXT, Stage.LENGTHS));
        assertThat(report.of(Stage.TEXT)).allMatch(one -> one.verdict() == Verdict.FAIL);
        assertThat(titles(report.with(Verdict.FAIL))).noneMatch(title -> title.startsWith("lengths: binary"));
    }

    @Test
    void fragmentsThatAreAnsweredOneByOneFailTheStageOfFragments() throws Exception {
        Report report = check(Defect.ANSWERS_EACH_FRAGMENT, EnumSet.of(Stage.FRAGMENTS));
        assertThat(titles(report.with(Verdict.FAIL)))
                .contains("fragments: text of 10 bytes in frames of 5", "fragments: a ping between fragments")
                .doesNotContain("fragments: a continuation with nothing to continue");
    }

    @Test
    void anEndWithoutACloseFrameIsAStrictFailAndNotMore() throws Exception {
        Report report = check(Defect.ENDS_WITHOUT_CLOSE, EnumSet.of(Stage.TEXT, Stage.CONTROL));
        assertThat(report.with(Verdict.FAIL)).isEmpty();
        assertThat(titles(report.with(Verdict.STRICT_FAIL)))
                .contains(
                        "control: the reserved opcode 3",
                        "control: RSV1 in a text without an extension that gives it a meaning");
    }

    @Test
    void tcpThatStaysOpenIsAStrictFailOfTheStageOfClose() throws Exception {
        Report report = check(Defect.KEEPS_TCP_OPEN, EnumSet.of(Stage.TEXT, Stage.CLOSE));
        assertThat(report.with(Verdict.FAIL)).isEmpty();
        assertThat(titles(report.with(Verdict.STRICT_FAIL)))
                .contains("close: 1000 is answered by a Close frame, then TCP ends")
                .allMatch(title -> title.startsWith("close: "));
    }
}
