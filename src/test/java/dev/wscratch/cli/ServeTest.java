package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.transport.Deadlines;
import dev.wscratch.transport.Limits;
import dev.wscratch.transport.TlsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The settings of {@code serve}: each from each source, and what is said when one is wrong. */
class ServeTest {
    /** No setting takes this. */
    private static final String BAD = "a b";

    private static final String SECRET = "correct-horse";

    private static final Map<ServeOption, String> GOOD = good();

    private static Map<ServeOption, String> good() {
        Map<ServeOption, String> good = new EnumMap<>(ServeOption.class);
        good.put(ServeOption.HOST, "127.0.0.2");
        good.put(ServeOption.PORT, "1");
        good.put(ServeOption.MANAGEMENT_PORT, "2");
        good.put(ServeOption.TLS_PORT, "18");
        good.put(ServeOption.TLS_CERT, "cert.pem");
        good.put(ServeOption.TLS_KEY, "key.pem");
        good.put(ServeOption.TLS_CLIENT_CA, "issuers.pem");
        good.put(ServeOption.ORIGINS, "https://a.example, *");
        good.put(ServeOption.HOSTS, "dev.example");
        good.put(ServeOption.TRUSTED_PROXIES, "10.0.0.0/8");
        good.put(ServeOption.MAX_MESSAGE, "3");
        good.put(ServeOption.MAX_FRAGMENTS, "4");
        good.put(ServeOption.MAX_HEAD, "5KiB");
        good.put(ServeOption.MAX_CONNECTIONS, "6");
        good.put(ServeOption.MAX_PER_IP, "7");
        good.put(ServeOption.CONTROL_RATE, "8/s");
        good.put(ServeOption.HIGH_WATER, "9KiB");
        good.put(ServeOption.DEFLATE_MEMORY, "19GiB");
        good.put(ServeOption.WORKERS, "10");
        good.put(ServeOption.HANDSHAKE_TIMEOUT, "11s");
        good.put(ServeOption.FRAME_TIMEOUT, "12s");
        good.put(ServeOption.WRITE_TIMEOUT, "13s");
        good.put(ServeOption.CLOSE_TIMEOUT, "14s");
        good.put(ServeOption.PING_INTERVAL, "15s");
        good.put(ServeOption.IDLE_TIMEOUT, "16s");
        good.put(ServeOption.SHUTDOWN_GRACE, "17s");
        good.put(ServeOption.SHUTDOWN_SPREAD, "500ms");
        good.put(ServeOption.FAULTS, "false");
        good.put(ServeOption.INSPECTOR, "false");
        good.put(ServeOption.METRICS, "false");
        good.put(ServeOption.LOG_FORMAT, "json");
        good.put(ServeOption.LOG_LEVEL, "debug");
        return good;
    }

    /** The good value of an option and of those that it cannot be without; those of another certificate are not among GOOD. */
    private static Map<ServeOption, String> goodWithCompany(ServeOption option) {
        return switch (option) {
            case TLS_PORT, TLS_CERT, TLS_KEY, TLS_CLIENT_CA ->
                GOOD.entrySet().stream()
                        .filter(good -> good.getKey().group() == ServeOption.Group.TLS)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            case TLS_PKCS12, TLS_PASSWORD ->
                Map.of(ServeOption.TLS_PKCS12, "keys.p12", ServeOption.TLS_PASSWORD, SECRET);
            case TLS_SELF_SIGNED -> Map.of(option, "true");
            default -> Map.of(option, GOOD.get(option));
        };
    }

    private static Sources sources(Map<ServeOption, String> flags) {
        return new Sources(flags, new Environment(Map.of()), ConfigFile.NONE);
    }

    private static List<String> flag(ServeOption option, String value) {
        if (option.isSwitch()) {
            return List.of((value.equals("true") ? "--" : "--no-") + option.key());
        }
        return List.of(option.flag(), value);
    }

    private static Run printConfig(Map<String, String> variables, List<String> args) {
        return Run.withVariables(
                variables,
                Stream.concat(Stream.of("serve", "--print-config"), args.stream())
                        .toArray(String[]::new));
    }

    private static String line(ServeOption option, String value, String origin) {
        String setting =
                option.isSecret() && !value.isEmpty() ? "# " + option.key() + " = (set)" : option.key() + " = " + value;
        return "%-40s  # %s".formatted(setting, origin);
    }

    @Test
    void withoutAnySourceEachSettingHasTheDefaultOfItsRecord() {
        ServeSettings settings = ServeSettings.of(sources(Map.of()));
        assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(settings.deadlines()).isEqualTo(Deadlines.DEFAULT);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.tls()).isNull();
        assertThat(settings.managementPort()).isEqualTo(-1);
        assertThat(settings.allow()).isEqualTo(new ServeSettings.Allow(List.of(), List.of(), List.of()));
        assertThat(settings.workers()).isZero();
        assertThat(settings.faults()).isTrue();
        assertThat(settings.inspector()).isTrue();
        assertThat(settings.metrics()).isTrue();
        assertThat(settings.logFormat()).isEqualTo("text");
        assertThat(settings.logLevel()).isEqualTo("info");
    }

    @Test
    void eachSettingGoesToItsOwnPlace() {
        assertThat(ServeSettings.of(sources(GOOD)))
                .isEqualTo(new ServeSettings(
                        "127.0.0.2",
                        1,
                        new TlsSettings(
                                18,
                                new TlsSettings.Pem(Path.of("cert.pem"), Path.of("key.pem")),
                                new TlsSettings.ClientCertificates(
                                        TlsSettings.ClientAuthentication.NEEDED, Path.of("issuers.pem"))),
                        2,
                        new ServeSettings.Allow(
                                List.of("https://a.example", "*"), List.of("dev.example"), List.of("10.0.0.0/8")),
                        new Limits(3, 4, 5 << 10, 6, 7, 8, 9 << 10, 19L << 30),
                        new Deadlines(
                                Duration.ofSeconds(11),
                                Duration.ofSeconds(12),
                                Duration.ofSeconds(13),
                                Duration.ofSeconds(14),
                                Duration.ofSeconds(17),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(16)),
                        10,
                        false,
                        false,
                        false,
                        "json",
                        "debug"));
    }

    @ParameterizedTest
    @EnumSource
    void aFlagBeatsTheEnvironmentWhichBeatsTheFileWhichBeatsTheDefault(ServeOption option, @TempDir Path folder)
            throws Exception {
        Map<ServeOption, String> company = new EnumMap<>(goodWithCompany(option));
        String good = company.remove(option);
        Path file = Files.writeString(folder.resolve("my.conf"), "\n" + option.key() + " = " + good + "\n");
        List<String> config = new ArrayList<>(List.of("--config", file.toString()));
        company.forEach((other, value) -> config.addAll(flag(other, value)));
        List<String> flagToo =
                Stream.concat(config.stream(), flag(option, good).stream()).toList();
        Map<String, String> variable = Map.of(option.variable(), good);
        Map<String, String> badVariable = Map.of(option.variable(), BAD);

        assertThat(printConfig(badVariable, flagToo).out()).contains(line(option, good, "flag"));
        assertThat(printConfig(variable, config).out())
                .contains(line(option, good, "environment " + option.variable()));
        assertThat(printConfig(Map.of(), config).out())
                .contains(line(option, good, "file " + file + ":2: " + option.key()));
        assertThat(printConfig(Map.of(), List.of()).out()).contains(line(option, option.fallback(), "default"));
    }

    @Test
    void everyOptionHasAGoodValueHere() {
        for (ServeOption option : ServeOption.values()) {
            assertThat(goodWithCompany(option)).containsKey(option);
            assertThat(goodWithCompany(option).get(option)).as(option.key()).isNotEqualTo(option.fallback());
        }
    }

    /** Any text may be a password, and nearly any a path: {@link ServeTlsTest} has what is wrong with these. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TLS_CERT", "TLS_KEY", "TLS_PKCS12", "TLS_PASSWORD", "TLS_CLIENT_CA"})
    void aBadValueIsOneLineThatNamesItsSource(ServeOption option, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("my.conf"), option.key() + " = " + BAD);
        Map<String, Run> runs = Map.of(
                option.flag(),
                Run.of("serve", option.flag() + "=" + BAD),
                option.variable(),
                Run.withVariables(Map.of(option.variable(), BAD), "serve"),
                file + ":1: " + option.key(),
                Run.of("serve", "--config", file.toString()));
        runs.forEach((source, run) -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith("wscratch serve: ")
                    .contains(source, BAD, "Try: wscratch serve --help")
                    .hasLineCount(1);
        });
        assertThat(runs.get(option.variable()).err()).containsIgnoringCase("expected ");
    }

    @ParameterizedTest
    @EnumSource
    void theHelpNamesTheOptionItsDefaultAndItsGroup(ServeOption option) {
        String help = Run.of("serve", "--help").out();
        String group = help.substring(help.indexOf("\n" + option.group().heading() + ":\n"));
        String name = option.isSwitch() ? "--[no-]" + option.key() : option.flag() + "=" + option.label();
        assertThat(group).contains(name);
        // picocli breaks lines where they end.
        String flat = group.substring(group.indexOf(name)).replaceAll("\\s+", " ");
        assertThat(flat).startsWith(name + " " + option.description().replaceAll("\\s+", " "));
        assertThat(option.description()).contains("(default ");
    }

    @Test
    void helpIsShownWhateverTheEnvironmentSays() {
        assertThat(Run.withVariables(Map.of("WSCRATCH_PORT", BAD), "serve", "--help")
                        .exitCode())
                .isZero();
    }

    @Test
    void thePrintedConfigurationIsAFileThatSaysTheSame(@TempDir Path folder) throws Exception {
        Map<String, String> variables = GOOD.entrySet().stream()
                .collect(Collectors.toMap(good -> good.getKey().variable(), Map.Entry::getValue));
        Run printed = printConfig(variables, List.of());
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.err()).isEmpty();
        assertThat(printed.out().lines()).hasSize(ServeOption.values().length);
        Path file = Files.writeString(folder.resolve("my.conf"), printed.out());
        Sources read = new Sources(
                Map.of(), new Environment(Map.of()), ConfigFile.read(new Value("--config", file.toString())));
        assertThat(ServeSettings.of(read)).isEqualTo(ServeSettings.of(sources(GOOD)));
    }

    @Test
    void portIsRespectedForThePortOnlyAndBelowOurOwnVariable() {
        assertThat(printConfig(Map.of("PORT", "7", "HOST", "h"), List.of()).out())
                .contains(line(ServeOption.PORT, "7", "environment PORT"))
                .contains(line(ServeOption.HOST, "127.0.0.1", "default"));
        assertThat(printConfig(Map.of("PORT", "7", "WSCRATCH_PORT", "8"), List.of())
                        .out())
                .contains(line(ServeOption.PORT, "8", "environment WSCRATCH_PORT"));
    }

    @Test
    void theFileMayBeNamedByTheEnvironment(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("my.conf"), "port = 9");
        assertThat(printConfig(Map.of("WSCRATCH_CONFIG", file.toString()), List.of())
                        .out())
                .contains(line(ServeOption.PORT, "9", "file " + file + ":1: port"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SHUTDOWN_SPREAD | 11s | expected off, or a time of at most 10s",
                "PING_INTERVAL | off | expected a time such as 500ms",
                "PING_INTERVAL | 0s | expected a time of more than zero",
                "PORT | off | expected a port, or a certificate for TLS alone (--tls-cert with",
                "DEFLATE_MEMORY | 2000GiB | expected a size from 0 to 1099511627776 bytes",
                "MAX_HEAD | 255 | expected a size from 256 to 1048576 bytes",
                "MAX_CONNECTIONS | 0 | expected a whole number from 1",
                "CONTROL_RATE | 5/m | per second, such as 100/s",
                "ORIGINS | evil.example | expected an origin such as https://app.example",
                "HOSTS | dev.example:80 | expected a host such as dev.example",
                "TRUSTED_PROXIES | 10.0.0.0/99 | expected an address or a network such as 10.0.0.0/8",
                "METRICS | yes | expected one of true, false",
            })
    void whatIsOutOfBoundsSaysWhatWasExpectedAndWhatCame(ServeOption option, String text, String expected) {
        assertThatThrownBy(() -> ServeSettings.of(sources(Map.of(option, text))))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(option.flag() + ": ")
                .hasMessageContaining(expected)
                .hasMessageEndingWith("got \"" + text + "\"");
    }
}
