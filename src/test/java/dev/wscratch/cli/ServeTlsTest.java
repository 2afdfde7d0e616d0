package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TlsSettings.ClientCertificates;
import dev.wscratch.transport.TlsSettings.Pkcs12;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of TLS, of which some exclude and some need each other. */
class ServeTlsTest {
    private static final String SECRET = "correct-horse";

    private static ServeSettings settings(Map<ServeOption, String> flags, Map<String, String> variables) {
        return ServeSettings.of(new Sources(flags, new Environment(variables), ConfigFile.NONE));
    }

    @Test
    void aPkcs12FileAndThePasswordFromTheEnvironmentAreACertificate() {
        assertThat(settings(Map.of(ServeOption.TLS_PKCS12, "my keys.p12"), Map.of("WSCRATCH_TLS_PASSWORD", " a b "))
                        .tls())
                .isEqualTo(new TlsSettings(8443, new Pkcs12(Path.of("my keys.p12"), " a b "), ClientCertificates.NONE));
    }

    @Test
    void tlsMayBeAlone() {
        ServeSettings settings =
                settings(Map.of(ServeOption.PORT, "off", ServeOption.TLS_SELF_SIGNED, "true"), Map.of("HOME", "/h"));
        assertThat(settings.port()).isEqualTo(-1);
        assertThat(settings.tls())
                .isEqualTo(
                        new TlsSettings(8443, new SelfSigned(Path.of("/h/.config/wscratch")), ClientCertificates.NONE));
    }

    @ParameterizedTest
    @CsvSource({"/x, /h, /x/wscratch", "'', /h, /h/.config/wscratch", "relative, /h, /h/.config/wscratch"})
    void theDevelopmentCertificateIsKeptInTheUsersConfigurationFolder(String xdg, String home, Path folder) {
        assertThat(ServeTls.folder(new Environment(Map.of("XDG_CONFIG_HOME", xdg, "HOME", home))))
                .isEqualTo(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tls-cert c.pem | --tls-cert: expected --tls-key beside it, got none",
                "--tls-key k.pem | --tls-key: expected --tls-cert beside it, got none",
                "--tls-key k.pem --tls-self-signed | --tls-key: expected --tls-cert beside it, got none",
                "--tls-password x --tls-self-signed | --tls-password: expected --tls-pkcs12 beside it, got none",
                "--tls-pkcs12 p --tls-self-signed"
                        + " | expected one certificate, got those of --tls-pkcs12 and --tls-self-signed",
                "--tls-cert c --tls-key k --tls-pkcs12 p"
                        + " | expected one certificate, got those of --tls-cert and --tls-pkcs12",
                "--tls-port 8443 | --tls-port: expected a certificate beside it (--tls-cert with --tls-key, "
                        + "--tls-pkcs12 or --tls-self-signed), got none",
                "--tls-client-ca i.pem | --tls-client-ca: expected a certificate beside it",
                "--port off | --port: expected a port, or a certificate for TLS alone",
                "--tls-self-signed --tls-port 8080 | TLS port: expected another port than that of plain connections",
                "--tls-self-signed --management-port 8443"
                        + " | management port: expected another port than that of TLS connections, got 8443",
                "--management-port 8080 | management port: expected another port than the server's own, got 8080",
                "--tls-self-signed --tls-port 65536 | --tls-port: expected a whole number from 0 to 65535",
            })
    void aContradictionIsOneLineAndExitCode2(String args, String complaint) {
        Run run = Run.of(("serve " + args).split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("wscratch serve: " + complaint)
                .endsWith(". Try: wscratch serve --help\n")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-pkcs12", "tls-cert", "tls-key", "tls-client-ca"})
    void whatIsNoPathNamesItsSource(String key) {
        String company =
                switch (key) {
                    case "tls-cert" -> "--tls-key=k";
                    case "tls-key" -> "--tls-cert=c";
                    case "tls-client-ca" -> "--tls-self-signed";
                    default -> "--no-tls-self-signed";
                };
        Run run = Run.of("serve", "--" + key + "=a\0b", company);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("wscratch serve: --" + key + ": expected a path (")
                .hasLineCount(1);
    }

    @Test
    void aContradictionNamesTheVariableThatItComesFrom() {
        assertThat(Run.withVariables(Map.of("WSCRATCH_TLS_PORT", "1"), "serve").err())
                .startsWith("wscratch serve: WSCRATCH_TLS_PORT: expected a certificate beside it");
        assertThat(Run.withVariables(Map.of("WSCRATCH_TLS_PASSWORD", SECRET), "serve")
                        .err())
                .startsWith("wscratch serve: WSCRATCH_TLS_PASSWORD: expected --tls-pkcs12 beside it")
                .doesNotContain(SECRET);
    }

    @Test
    void thePasswordIsNeverShownAndTheConfigurationWithoutItIsAFileThatReads(@TempDir Path folder) throws Exception {
        Path given = Files.writeString(folder.resolve("given.conf"), "tls-pkcs12 = k.p12\ntls-password = " + SECRET);
        Run byFile = Run.of("serve", "--print-config", "--config", given.toString());
        Run byFlag = Run.of("serve", "--print-config", "--tls-pkcs12=k.p12", "--tls-password", SECRET);
        for (Run run : new Run[] {byFile, byFlag}) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out() + run.err()).contains("# tls-password = (set)").doesNotContain(SECRET);
            Path file = Files.writeString(folder.resolve("printed.conf"), run.out());
            ConfigFile read = ConfigFile.read(new Value("--config", file.toString()));
            assertThat(ServeSettings.of(new Sources(Map.of(), new Environment(Map.of()), read))
                            .tls())
                    .isEqualTo(new TlsSettings(8443, new Pkcs12(Path.of("k.p12"), ""), ClientCertificates.NONE));
        }
        assertThat("" + settings(Map.of(ServeOption.TLS_PKCS12, "k", ServeOption.TLS_PASSWORD, SECRET), Map.of()))
                .doesNotContain(SECRET);
    }
}
