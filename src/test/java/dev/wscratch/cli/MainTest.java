package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void withoutACommandTheOverviewIsShown() {
        Run run = Run.of();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("wscratch - see, test and learn WebSockets")
                .contains(
                        "wscratch serve ",
                        "wscratch connect :8080/echo",
                        "wscratch explain",
                        "--help",
                        "'wscratch help lessons'")
                .contains("wscratch check :8080/echo", "wscratch bench :8080/echo");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "connect", "check", "bench", "explain", "completion", "help"})
    void helpGoesToStdoutAndFitsALine(String command) {
        Run run = Run.of((command + " --help").strip().split(" ", -1));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: wscratch", "-h, --help", "-V, --version");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theHelpOfServeNamesEveryOptionItsDefaultAndTheExitCodes() {
        assertThat(Run.of("serve", "--help").out())
                .startsWith("Start the echo and learning server.")
                .contains("wscratch serve --port 0")
                .contains("--host=ADDRESS", "127.0.0.1")
                .contains("--port=PORT", "default 8080")
                .contains("--max-message=SIZE", "default 1MiB")
                .contains("--log-level=LEVEL")
                .contains("WSCRATCH_<NAME>", "--config=FILE", "--print-config", "PORT is respected")
                .contains("Exit codes: 1 bug  2 usage  3 no port, or no usable certificate  130 Ctrl-C  143 SIGTERM");
    }

    @Test
    void theHelpOfConnectNamesEveryOptionAndTheExitCodes() {
        assertThat(Run.of("connect", "--help").out())
                .startsWith("Talk to a WebSocket server")
                .contains(
                        "-x, --send=TEXT",
                        "-n, --count=N",
                        "-w, --wait=DURATION",
                        "--expect=REGEX",
                        "--ping=DURATION",
                        "--reconnect[=N]",
                        "--color=WHEN",
                        "--close=CODE[:REASON]")
                .contains(
                        "-H, --header='K: V'",
                        "-s, --subprotocol=NAME",
                        "-o, --origin=ORIGIN",
                        "-e, --extension=SPEC",
                        "--no-compress",
                        "--proxy=URL",
                        "--cacert=FILE",
                        "--cert=FILE",
                        "--key=FILE",
                        "-k, --insecure",
                        "--connect-timeout=DURATION")
                .contains("-b, --binary", "--hex", "--base64", "-0, --null", "--json", "--[no-]pretty")
                .contains("-t, --timestamps[=relative|iso]", "-v, --verbose", "-F, --frames", "-q, --quiet")
                .contains("one second", "6 --expect failed", "8 timeout", "/help lists its commands")
                .contains("Exit codes: 0 ok  1 bug  2 usage  3 cannot connect  4 refused (HTTP status)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "serve --version", "connect -V"})
    void theVersionIsOneLine(String args) {
        Run run = Run.of(args.split(" ", -1));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("wscratch ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--unknown | wscratch: unknown option --unknown. Try: wscratch --help",
                "surve | wscratch: unknown command surve; did you mean serve? Try: wscratch --help",
                "serve --prot 1 | wscratch serve: unknown option --prot; did you mean --port? Try: wscratch serve --help",
                "connect :1 :2 | wscratch connect: expected no further argument, got \":2\". Try",
                "serve --port abc | wscratch serve: --port: expected a whole number from 0 to 65535, got \"abc\"",
                "serve --max-message 1XB | wscratch serve: --max-message: expected a size such as 65536, 64KB or 1MiB",
                "connect | wscratch connect: Missing required parameter: 'URL'",
                "connect :1 --wait soon | wscratch connect: --wait: expected a time",
                "connect ftp://x | wscratch connect: url: expected a scheme ws, wss, http or https",
                "connect wss://localhost:1 -k --cacert x | wscratch connect: expected --cacert or --insecure, got both",
                "connect wss://localhost:1 --cacert pom.xml | wscratch connect: --cacert: expected a PEM file with",
                "connect wss://localhost:1 --cacert none.pem | wscratch connect: --cacert: expected a file that can be read",
                "connect :1 -H x | wscratch connect: --header: expected a header such as 'Cookie: a=b'",
                "connect :1 -H @none | wscratch connect: --header: expected a file that can be read",
                "connect :1 --expect ( | wscratch connect: --expect: expected a regular expression",
                "connect :1 --close 1001 | wscratch connect: --close: expected 1000, or 3000 to 4999, got",
                "connect :1 --reconnect=0 | wscratch connect: --reconnect: expected a whole number from 1 to",
                "connect :1 --color red | wscratch connect: --color: expected one of auto, always, never, got",
                "connect :1 -e a/b | wscratch connect: extension: expected a name, maybe with parameters",
                "connect :1 -e a --no-compress | wscratch connect: expected --extension or --no-compress, got both",
                "connect :1 --hex --base64 | wscratch connect: expected --hex or --base64, got both",
                "connect :1 -q -F | wscratch connect: expected --quiet, or --verbose or --frames, got both",
                "connect wss://localhost:1 --cert pom.xml | wscratch connect: expected --cert and --key together, got --cert",
                "connect wss://localhost:1 --cert pom.xml --key pom.xml | wscratch connect: --key: expected a PEM file with",
                "connect :1 --proxy socks://h:1 | wscratch connect: proxy: expected http://host:port, got",
                "connect :1 -t=now | wscratch connect: --timestamps: expected one of relative, iso, got",
                "explain xyz | wscratch explain: HEX: expected hex digits, two for each byte, got",
                "explain 81 --role both | wscratch explain: --role: expected one of client, server, got",
                "completion fish | wscratch completion: SHELL: expected one of bash, zsh, got",
                "check | wscratch check: expected a URL, such as :9000",
                "check ftp://x | wscratch check: url: expected a scheme ws, wss, http or https. Try: ",
                "check --stage nine :1 | wscratch check: --stage: expected the name or number of a stage",
                "check --case 2.999 :1 | wscratch check: --case: expected the id or the name of a case, such as 2.1 or",
                "check -o yaml :1 | wscratch check: --output: expected one of text, json",
                "check --timeout 0s :1 | wscratch check: --timeout: expected a time",
                "help surve | wscratch help: COMMAND: expected lessons, or one of serve, connect, explain, check,",
                "help serve 5 | wscratch help: expected one COMMAND, got \"5\" behind it",
                "help lessons 0 | wscratch help: N: expected a whole number from 1 to 20, got \"0\"",
                "connect :1 -s a,b | wscratch connect: subprotocol: expected an HTTP token",
            })
    void aMistakeIsOneLineOnStderrAndExitCode2(String args, String message) {
        Run run = Run.of(args.split(" ", -1));
        assertThat(run.err()).startsWith(message).hasLineCount(1).contains("Try: wscratch");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
