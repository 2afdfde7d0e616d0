package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.Program;
import dev.wscratch.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
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
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X509Certificate own = certificate("CN=issuer", pair, pair, Instant.now().plus(1, ChronoUnit.DAYS));
        store(
                "keys.p12",
                keys -> keys.setKeyEntry("server", pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {own}));
        store("trusted.p12", keys -> keys.setCertificateEntry("server", own));
    }

    private interface Filling {
        void fill(KeyStore keys) throws GeneralSecurityException;
    }

    private static void store(String name, Filling filling) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        filling.fill(keys);
        try (OutputStream file = Files.newOutputStream(folder.resolve(name))) {
            keys.store(file, PASSWORD.toCharArray());
        }
    }

    /** Nine days long, signed by an issuer that is called so. */
    private static X509Certificate certificate(String name, KeyPair owner, KeyPair issuer, Instant until)
            throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=issuer"),
                BigInteger.ONE,
                Date.from(until.minus(9, ChronoUnit.DAYS)),
                Date.from(until),
                new X500Name(name),
                owner.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(owner == issuer));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }

    @Test
    void aCertificateThatHasExpiredIsATlsErrorThatSaysSo() throws Exception {
        Instant now = Instant.now();
        KeyPair issuer = KeyPairGenerator.getInstance("EC").generateKeyPair();
        KeyPair server = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X509Certificate trusted = certificate("CN=issuer", issuer, issuer, now.plus(1, ChronoUnit.DAYS));
        X509Certificate expired = certificate("CN=localhost", server, issuer, now.minus(1, ChronoUnit.DAYS));
        store(
                "expired.p12",
                keys -> keys.setKeyEntry(
                        "server", server.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {expired, trusted}));
        store("issuers.p12", keys -> keys.setCertificateEntry("issuer", trusted));
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
                Program program = client("wss://localhost:" + peer.port() + "/", "trusted.p12")) {
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
                Program program = client("wss://127.0.0.1:" + peer.port() + "/", "trusted.p12")) {
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
