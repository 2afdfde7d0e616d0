package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {
    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        rules.addAll(List.of(FrameRule.values()));
        rules.addAll(List.of(HeadRule.values()));
        rules.addAll(List.of(HandshakeRule.values()));
        rules.addAll(List.of(ResponseRule.values()));
        return rules;
    }

    static Stream<CloseCode> codes() {
        return Stream.concat(
                CloseCode.registered().stream(),
                IntStream.of(0, 999, 1016, 2999, 3001, 4000, 5000).mapToObj(CloseCode::new));
    }

    private static void assertWhole(Diagnosis diagnosis) {
        assertThat(diagnosis.happened()).endsWith(".");
        assertThat(diagnosis.who()).isNotBlank();
        assertThat(diagnosis.cause()).endsWith(".");
        assertThat(diagnosis.advice()).matches("[A-Z].*[.]");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasItsSectionItsSentenceAndADiagnosis(Rule rule) {
        assertThat(rule.name()).matches("[A-Z0-9_]+");
        assertThat(rule.section()).matches("(RFC \\d+ [0-9.]+|WHATWG WebSockets)");
        assertThat(rule.sentence()).endsWith(".");
        assertWhole(Diagnosis.of(rule));
    }

    @Test
    void everyStatusHasItsSectionAndADiagnosis() {
        assertThat(StatusWords.all()).allSatisfy(words -> {
            assertThat(words.section()).matches("RFC \\d+ [0-9.]+");
            assertWhole(words.diagnosis());
        });
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyCloseCodeHasADiagnosis(CloseCode code) {
        assertWhole(Diagnosis.of(code));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleThatRefusesARequestHasAnErrorStatus(Rule rule) {
        if (rule instanceof HeadRule head) {
            assertThat(head.status()).isBetween(400, 599);
        } else if (rule instanceof HandshakeRule handshake) {
            assertThat(handshake.status()).isBetween(400, 499);
        } else if (rule instanceof FrameRule frame) {
            assertThat(frame.closeCode().maySend(Role.SERVER)).isTrue();
        } else {
            assertThat(rule).isInstanceOf(ResponseRule.class);
        }
    }
}
