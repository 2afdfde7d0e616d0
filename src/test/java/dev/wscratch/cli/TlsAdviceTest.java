package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.client.ErrorEvent;
import dev.wscratch.client.ErrorEvent.Step;
import dev.wscratch.wire.HeaderFields;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsAdviceTest {
    private static final Trust.Settings DEFAULT = new Trust.Settings(false, null, null, null);
    private static final Trust.Settings OURS =
            new Trust.Settings(false, null, new Value("--cert", "c"), new Value("--key", "k"));

    private static ErrorEvent failure(Step step, int status, String cause) {
        Throwable below = new RuntimeException(new SSLHandshakeException(cause));
        return new ErrorEvent(step, "failed", status, HeaderFields.NONE, null, below);
    }

    @ParameterizedTest
    @ValueSource(strings = {"certificate_required", "bad_certificate", "handshake_failure", "access_denied"})
    void anAlertThatIsAboutOurCertificateAsksForIt(String alert) {
        for (Step step : new Step[] {Step.TLS, Step.HANDSHAKE}) {
            ErrorEvent failure = failure(step, 0, "Received fatal alert: " + alert);
            assertThat(TlsAdvice.of(failure, DEFAULT)).endsWith("Try: --cert FILE --key FILE");
            assertThat(TlsAdvice.of(failure, OURS)).contains("does not take your certificate");
        }
    }

    @Test
    void aServerThatIsNotTrustedIsAnotherMatter() {
        ErrorEvent unknown = failure(Step.TLS, 0, "PKIX path building failed");
        assertThat(TlsAdvice.of(unknown, DEFAULT)).contains("Try: --cacert FILE");
        assertThat(TlsAdvice.of(unknown, new Trust.Settings(true, null, null, null)))
                .isEmpty();
        assertThat(TlsAdvice.of(failure(Step.HANDSHAKE, 0, "no TLS"), DEFAULT)).isEmpty();
        assertThat(TlsAdvice.of(failure(Step.HANDSHAKE, 403, "Received fatal alert: bad_certificate"), DEFAULT))
                .isEmpty();
    }
}
