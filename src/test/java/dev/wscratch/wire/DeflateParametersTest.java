package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The negotiation table of RFC 7692 section 7.1, both sides. */
class DeflateParametersTest {
    private static List<Extension> extensions(String header) {
        return Extension.parse(List.of(header)).orElseThrow();
    }

    private static String answer(String offers, boolean noTakeover) {
        return DeflateParameters.accept(extensions(offers), noTakeover)
                .map(agreed -> agreed.toExtension().toString())
                .orElse("declined");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            permessage-deflate                                              | permessage-deflate
            permessage-deflate; server_no_context_takeover                  | permessage-deflate; server_no_context_takeover
            permessage-deflate; client_no_context_takeover                  | permessage-deflate; client_no_context_takeover
            permessage-deflate; client_max_window_bits                      | permessage-deflate
            permessage-deflate; client_max_window_bits=8                    | permessage-deflate
            permessage-deflate; client_max_window_bits=15                   | permessage-deflate
            permessage-deflate; server_max_window_bits=8                    | permessage-deflate; server_max_window_bits=8
            permessage-deflate; server_max_window_bits=9                    | permessage-deflate; server_max_window_bits=9
            permessage-deflate; server_max_window_bits=10                   | permessage-deflate; server_max_window_bits=10
            permessage-deflate; server_max_window_bits=11                   | permessage-deflate; server_max_window_bits=11
            permessage-deflate; server_max_window_bits=12                   | permessage-deflate; server_max_window_bits=12
            permessage-deflate; server_max_window_bits=13                   | permessage-deflate; server_max_window_bits=13
            permessage-deflate; server_max_window_bits=14                   | permessage-deflate; server_max_window_bits=14
            permessage-deflate; server_max_window_bits=15                   | permessage-deflate; server_max_window_bits=15
            permessage-deflate; server_max_window_bits="10"                 | permessage-deflate; server_max_window_bits=10
            x-other, permessage-deflate                                     | permessage-deflate
            permessage-deflate; unknown, permessage-deflate                 | permessage-deflate
            permessage-deflate; server_max_window_bits=10, permessage-deflate | permessage-deflate; server_max_window_bits=10
            permessage-deflate; server_max_window_bits=7, permessage-deflate; server_no_context_takeover | permessage-deflate; server_no_context_takeover
            permessage-deflate; client_max_window_bits; server_max_window_bits=12; client_no_context_takeover; server_no_context_takeover | permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12
            """)
    void anOfferIsAcceptedWithTheParametersItAsksFor(String offers, String expected) {
        assertThat(answer(offers, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=08",
                "permessage-deflate; server_max_window_bits=+9",
                "permessage-deflate; server_max_window_bits=1e1",
                "permessage-deflate; server_max_window_bits=99999999999",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; client_max_window_bits=\"16\"",
                "permessage-deflate; server_no_context_takeover=true",
                "permessage-deflate; client_no_context_takeover=1",
                "permessage-deflate; unknown",
                "permessage-deflate; Server_No_Context_Takeover",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
                "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
                "Permessage-Deflate",
                "x-webkit-deflate-frame, permessage-bzip2",
            })
    void anOfferThatIsWrongInAnyWayIsDeclined(String offer) {
        assertThat(answer(offer, false)).isEqualTo("declined");
    }

    @Test
    void aServerMayWantEveryMessageToStandAloneUnasked() {
        assertThat(answer("permessage-deflate; server_max_window_bits=9; client_max_window_bits", true))
                .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
                        + " server_max_window_bits=9");
    }

    @Test
    void windowsThatAreNotNamedAreTheLargest() {
        DeflateParameters agreed = DeflateParameters.accept(extensions("permessage-deflate"), false)
                .orElseThrow();
        assertThat(agreed.serverWindowBits()).isEqualTo(15);
        assertThat(agreed.clientWindowBits()).isEqualTo(15);
    }

    @Test
    void parametersOutOfRangeCannotBeMade() {
        assertThatThrownBy(() -> new DeflateParameters(false, false, 7, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("server_max_window_bits: expected 8 to 15, got 7");
        assertThatThrownBy(() -> new DeflateOffer.ClientWindow(true, 16)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9;"
                        + " client_max_window_bits=10",
            })
    void anOfferIsWrittenAsItWasRead(String offer) {
        DeflateOffer parsed = DeflateOffer.parse(extensions(offer).get(0)).orElseThrow();
        assertThat(parsed.toExtension().toString()).isEqualTo(offer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            permessage-deflate | permessage-deflate
            permessage-deflate | permessage-deflate; server_no_context_takeover; client_no_context_takeover
            permessage-deflate | permessage-deflate; server_max_window_bits=8
            permessage-deflate; server_max_window_bits=10 | permessage-deflate; server_max_window_bits=9
            permessage-deflate; client_max_window_bits | permessage-deflate; client_max_window_bits=8
            permessage-deflate; client_max_window_bits=12 | permessage-deflate; client_max_window_bits=12
            """)
    void aClientAgreesToAnAnswerThatFitsItsOffer(String offer, String answer) {
        DeflateOffer.Judgement judgement = DeflateOffer.parse(extensions(offer).get(0))
                .orElseThrow()
                .judge(extensions(answer).get(0));
        assertThat(judgement).isInstanceOf(DeflateOffer.Agreed.class);
        assertThat(((DeflateOffer.Agreed) judgement).parameters().toExtension().toString())
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            permessage-deflate; client_no_context_takeover | permessage-deflate; client_no_context_takeover
            permessage-deflate; client_max_window_bits=10  | permessage-deflate; client_max_window_bits=10
            permessage-deflate; client_max_window_bits     | permessage-deflate
            """)
    void aClientKeepsToWhatItHasSaidOfItselfAlsoIfTheServerIsSilent(String offer, String agreed) {
        DeflateOffer.Judgement judgement = DeflateOffer.parse(extensions(offer).get(0))
                .orElseThrow()
                .judge(extensions("permessage-deflate").get(0));
        assertThat(judgement).isInstanceOf(DeflateOffer.Agreed.class);
        assertThat(((DeflateOffer.Agreed) judgement).parameters().toExtension().toString())
                .isEqualTo(agreed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            permessage-deflate | x-other | expected permessage-deflate, got x-other
            permessage-deflate | permessage-deflate; unknown=1 | expected the parameters of RFC 7692, got unknown=1
            permessage-deflate | permessage-deflate; server_max_window_bits=7 | expected server_max_window_bits=8 to 15, got server_max_window_bits=7
            permessage-deflate | permessage-deflate; server_no_context_takeover; server_no_context_takeover | expected each parameter once, got server_no_context_takeover again
            permessage-deflate | permessage-deflate; client_max_window_bits=10 | expected no client_max_window_bits, since it was not offered, got 10
            permessage-deflate; client_max_window_bits | permessage-deflate; client_max_window_bits | expected client_max_window_bits=8 to 15, got no value
            permessage-deflate; client_max_window_bits=10 | permessage-deflate; client_max_window_bits=11 | expected client_max_window_bits up to 10, got 11
            permessage-deflate; server_max_window_bits=10 | permessage-deflate | expected server_max_window_bits up to 10, got 15
            permessage-deflate; server_max_window_bits=10 | permessage-deflate; server_max_window_bits=11 | expected server_max_window_bits up to 10, got 11
            permessage-deflate; server_no_context_takeover | permessage-deflate | expected server_no_context_takeover as offered, got nothing
            """)
    void aClientFailsOnAnAnswerThatDoesNotFitItsOffer(String offer, String answer, String why) {
        DeflateOffer.Judgement judgement = DeflateOffer.parse(extensions(offer).get(0))
                .orElseThrow()
                .judge(extensions(answer).get(0));
        assertThat(judgement).isEqualTo(new DeflateOffer.Unfit(why));
    }
}
