package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.Program;
import dev.wscratch.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wss}, in a JVM of its own, whose trust store can be chosen. */
class WssIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeACertificateForLocalhostOnly() throws Exception {
        keytool(
                "keys.p12",
                "-genkeypair -keyalg EC -alias server -dname CN=localhost -ext san=dns:localhost -validity 2");
    }

    /** One command on one key store. */
    private static void keytool(String store, String command) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Program.javaCommand().resolveSibling("keytool").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                folder.resolve(store).toString()));
        words.addAll(1, List.of(command.split(" ", -1)));
        try (Program program = Program.start(new ProcessBuilder(words).directory(folder.toFile()))) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
        }
    }

    @Test
    void aCertificateThatHasExpiredIsATlsErrorThatSaysSo() throws Exception {
        keytool("issuer.p12", "-genkeypair -keyalg EC -alias issuer -dname CN=issuer -ext bc:c -validity 9");
        keytool("expired.p12", "-genkeypair -keyalg EC -alias server -dname CN=localhost -validity 9");
        keytool("expired.p12", "-certreq -alias server -file request.csr");
        keytool(
                "issuer.p12",
                "-gencert -alias issuer -infile request.csr -outfile server.crt -startdate -9d -validity 2"
                        + " -ext san=dns:localhost");
        keytool("issuer.p12", "-exportcert -alias issuer -file issuer.crt");
        keytool("expired.p12", "-importcert -noprompt -alias issuer -file issuer.crt");
        keytool("expired.p12", "-importcert -noprompt -alias server -file server.crt");
        keytool("issuers.p12", "-importcert -noprompt -alias issuer -file issuer.crt");
        try (ScriptedServer peer = ScriptedServer.start(listener("expired.p12"), WssIT::refusedHello);
                Program program = client("wss://localhost:" + peer.port() + "/", "issuers.p12")) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            assertThat(program.out())
                    .first()
                    .asString()
                    .startsWith("error tls: no TLS connection to localhost: its certificate has expired (NotAfter: ");
        }
    }

    @Test
    void messagesTravelThroughTls() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(listener("keys.p12"), c -> {
                    c.accept();
                    assertThat(c.frame().text()).startsWith("Hello from another JVM");
                    c.hex("82 01 07");
                    assertThat(c.frame().closeCode()).isEqualTo(4002);
                    c.hex("88 02 0f a2");
                });
                Program program = client("wss://localhost:" + peer.port() + "/", "keys.p12")) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            assertThat(program.out()).containsExactly("open OPEN", "binary 07", "close 4002 clean=true");
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsATlsError() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(listener("keys.p12"), WssIT::refusedHello);
                Program program = client("wss://localhost:" + peer.port() + "/", null)) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            assertThat(program.out()).hasSize(2).first().asString().startsWith("error tls: no TLS connection to");
            assertThat(program.out()).last().isEqualTo("close 1006 clean=false");
        }
    }

    @Test
    void aCertificateForAnotherNameIsATlsError() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(listener("keys.p12"), WssIT::refusedHello);
                Program program = client("wss://127.0.0.1:" + peer.port() + "/", "keys.p12")) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            assertThat(program.out()).hasSize(2).first().asString().startsWith("error tls: no TLS connection to");
        }
    }

    private static void refusedHello(ScriptedServer.Connection c) {
        assertThatThrownBy(c::head).isInstanceOf(IOException.class);
    }

    private static Program client(String url, String trusted) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Program.javaCommand().toString());
        if (trusted != null) {
            builder.command().add("-Djavax.net.ssl.trustStore=" + folder.resolve(trusted));
            builder.command().add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        }
        builder.command().add("-cp");
        builder.command().add(System.getProperty("java.class.path"));
        builder.command().add(OtherJvm.class.getName());
        builder.command().add(url);
        return Program.start(builder);
    }

    private static ServerSocket listener(String store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve(store))) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }
}
