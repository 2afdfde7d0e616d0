package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.Requires;
import dev.wscratch.peer.WebSocketRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} with TLS as a process, and the clients that the banner names, used as it says. */
@Timeout(120)
class ServeTlsIT {
    @TempDir
    private Path config;

    private Path certificate() {
        return config.resolve("wscratch").resolve("localhost.pem");
    }

    private Program run(String... args) throws IOException {
        ProcessBuilder builder = Program.javaBuilder(Main.class, args);
        builder.environment().keySet().removeIf(name -> name.startsWith("WSCRATCH_") || name.equals("PORT"));
        builder.environment().put("XDG_CONFIG_HOME", config.toString());
        builder.environment().put("WSCRATCH_TLS_PORT", "0");
        return Program.start(builder);
    }

    private static int tlsPort(Program server) {
        int port =
                Integer.parseInt(server.await("echo  wss://[^:]+:(\\d+)/echo").group(1));
        server.await("Ctrl-C to stop");
        return port;
    }

    @Test
    void theCommandsOfTheBannerWorkAsTheyArePrinted() throws Exception {
        try (Program server = run("serve", "--port=0", "--tls-self-signed")) {
            int port = tlsPort(server);
            Requires.program("CURL", "curl");
            String curl = line(server, "  curl ");
            assertThat(curl).isEqualTo("curl --cacert " + certificate() + " https://localhost:" + port + "/health");
            try (Program program = Program.start(new ProcessBuilder("sh", "-c", curl))) {
                assertThat(program.exitCode(30)).as("" + program.err()).isZero();
                assertThat("" + program.out()).contains("{\"status\":\"UP\"");
            }
            assertThat(line(server, "  wscratch connect wss"))
                    .isEqualTo("wscratch connect wss://localhost:" + port + "/echo \\");
            assertThat(line(server, "    --cacert ")).isEqualTo("--cacert " + certificate());
            try (Program client =
                    run("connect", "wss://localhost:" + port + "/echo", "--cacert=" + certificate(), "-x=a")) {
                assertThat(client.exitCode(30)).as("" + client.err()).isZero();
                assertThat(client.out()).containsExactly("a");
            }
            assertThat(line(server, "  NODE_EXTRA_CA_CERTS="))
                    .isEqualTo("NODE_EXTRA_CA_CERTS=" + certificate() + " node client.mjs");
        }
    }

    private static String line(Program server, String start) {
        return server.err().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line that starts with '" + start + "' in " + server.err()))
                .strip();
    }

    @Test
    void connectRefusesAStrangersCertificateAndAnotherNameUnlessItIsToldNotToLook() throws Exception {
        try (Program server = run("serve", "--host=127.0.0.2", "--port=0", "--tls-self-signed")) {
            String url = "wss://127.0.0.2:" + tlsPort(server) + "/echo";
            assertThat(line(server, "  The certificate "))
                    .contains("for localhost only: by the name 127.0.0.2 clients refuse it");
            try (Program client = run("connect", url, "-x=a", "-n=1")) {
                assertThat(client.exitCode(30)).isEqualTo(3);
                assertThat(client.err()).singleElement().asString().contains("connect: tls: ", "Try: --cacert FILE");
            }
            try (Program client = run("connect", url, "--cacert=" + certificate(), "-x=a", "-n=1")) {
                assertThat(client.exitCode(30)).isEqualTo(3);
                assertThat(client.err()).singleElement().asString().contains("connect: tls: ", "127.0.0.2");
            }
            try (Program client = run("connect", url, "-k", "-x=a", "-n=1")) {
                assertThat(client.exitCode(30)).as("" + client.err()).isZero();
                assertThat(client.err()).first().asString().contains("warning: --insecure");
                assertThat(client.out()).containsExactly("a");
            }
        }
    }

    @Test
    void aServerThatWantsAClientCertificateIsToldFromOneThatIsNotTrusted() throws Exception {
        try (Program first = run("serve", "--port=off", "--tls-self-signed")) {
            tlsPort(first);
        }
        try (Program server = run("serve", "--port=off", "--tls-self-signed", "--tls-client-ca=" + certificate())) {
            String url = "wss://localhost:" + tlsPort(server) + "/echo";
            try (Program client = run("connect", url, "--cacert=" + certificate(), "-x=a", "-n=1")) {
                assertThat(client.exitCode(30)).isEqualTo(3);
                assertThat(client.err())
                        .first()
                        .asString()
                        .contains("The server may want a certificate of yours. Try: --cert FILE --key FILE")
                        .doesNotContain("--cacert");
            }
        }
    }

    @Test
    void tlsAloneServesAClientWithATrustStoreAndKeepsItsCertificate() throws Exception {
        byte[] first = new byte[0];
        for (int start = 0; start < 2; start++) {
            try (Program server = run("serve", "--port=off", "--tls-self-signed")) {
                int port = tlsPort(server);
                assertThat(server.err()).noneMatch(line -> line.contains("http://") || line.contains(" ws://"));
                HttpClient http = HttpClient.newBuilder()
                        .sslContext(new Trust.Settings(
                                        false, new Value("test", certificate().toString()), null, null)
                                .context())
                        .build();
                WebSocketRecorder recorder =
                        WebSocketRecorder.connect(http, URI.create("wss://localhost:" + port + "/echo"));
                recorder.send("hello");
                assertThat(recorder.nextText()).isEqualTo("hello");
            }
            byte[] now = Files.readAllBytes(certificate());
            assertThat(now).isEqualTo(start == 0 ? now : first);
            first = now;
        }
    }

    @Test
    void whatCannotBeServedIsOneLineAndExitCode3() throws Exception {
        Path nonsense = Files.writeString(config.resolve("nonsense.pem"), "nonsense");
        Path none = config.resolve("none.pem");
        complains(
                "wscratch: TLS: expected a readable file, found none at " + none,
                "--tls-cert=" + none,
                "--tls-key=" + none);
        complains(
                "wscratch: TLS: expected a PEM file with a private key",
                "--tls-cert=" + nonsense,
                "--tls-key=" + nonsense);
        complains(
                "wscratch: TLS: expected a PKCS #12 file and its password, got " + nonsense,
                "--tls-pkcs12=" + nonsense);
        Files.writeString(config.resolve("wscratch"), "in the way");
        complains("wscratch: TLS: expected a folder for the development certificate", "--tls-self-signed");
    }

    @Test
    void aTakenTlsPortIsToldFromThePlainOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            complains(
                    "wscratch: port " + taken.getLocalPort() + " is in use",
                    "--tls-self-signed",
                    "--tls-port=" + taken.getLocalPort());
        }
    }

    private void complains(String complaint, String... options) throws Exception {
        String[] args = new String[options.length + 2];
        args[0] = "serve";
        args[1] = "--port=0";
        System.arraycopy(options, 0, args, 2, options.length);
        try (Program server = run(args)) {
            assertThat(server.exitCode(40)).isEqualTo(3);
            assertThat(server.err())
                    .as(List.of(options).toString())
                    .singleElement()
                    .asString()
                    .startsWith(complaint)
                    .contains("Try: ");
        }
    }
}
