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
        Path keytool = Program.javaCommand().resolveSibling("keytool");
        String command = keytool + " -genkeypair -keyalg EC -alias server -dname CN=localhost -ext san=dns:localhost"
                + " -validity 2 -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + folder.resolve("keys.p12");
        try (Program program = Program.start(new ProcessBuilder(command.split(" ", -1)))) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
        }
    }

    @Test
    void messagesTravelThroughTls() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(listener(), c -> {
                    c.accept();
                    assertThat(c.frame().text()).startsWith("Hello from another JVM");
                    c.hex("82 01 07");
                    assertThat(c.frame().closeCode()).isEqualTo(4002);
                    c.hex("88 02 0f a2");
                });
                Program program = client("wss://localhost:" + peer.port() + "/", true)) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            assertThat(program.out()).containsExactly("open OPEN", "binary 07", "close 4002 clean=true");
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsATlsError() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(listener(), WssIT::refusedHello);
                Program program = client("wss://localhost:" + peer.port() + "/", false)) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            assertThat(program.out()).hasSize(2).first().asString().startsWith("error tls: no TLS connection to");
            assertThat(program.out()).last().isEqualTo("close 1006 clean=false");
        }
    }

    @Test
    void aCertificateForAnotherNameIsATlsError() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(listener(), WssIT::refusedHello);
                Program program = client("wss://127.0.0.1:" + peer.port() + "/", true)) {
            assertThat(program.exitCode(30)).as("" + program.err()).isZero();
            assertThat(program.out()).hasSize(2).first().asString().startsWith("error tls: no TLS connection to");
        }
    }

    private static void refusedHello(ScriptedServer.Connection c) {
        assertThatThrownBy(c::head).isInstanceOf(IOException.class);
    }

    private static Program client(String url, boolean trusting) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Program.javaCommand().toString());
        if (trusting) {
            builder.command().add("-Djavax.net.ssl.trustStore=" + folder.resolve("keys.p12"));
            builder.command().add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        }
        builder.command().add("-cp");
        builder.command().add(System.getProperty("java.class.path"));
        builder.command().add(OtherJvm.class.getName());
        builder.command().add(url);
        return Program.start(builder);
    }

    private static ServerSocket listener() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("keys.p12"))) {
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
