package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.transport.TlsSettings.Pem;
import dev.wscratch.transport.TlsSettings.Pkcs12;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerIdentityTest {
    private static final String PASSWORD = "changeit";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private Path made(String name) throws Exception {
        Path made = folder.resolve(name);
        DevelopmentCertificate.ensure(made, NOW);
        return made;
    }

    private static Pem pem(Path certificate, Path key) {
        return new Pem(DevelopmentCertificate.certificate(certificate), DevelopmentCertificate.key(key));
    }

    private Path store(String algorithm, String signature) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        byte[] certificate = DevelopmentCertificate.sign(keys, signature, NOW).getEncoded();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate))
        });
        return write(store, algorithm + ".p12");
    }

    private Path write(KeyStore store, String name) throws Exception {
        Path file = folder.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    @ParameterizedTest
    @CsvSource({"EC, SHA256withECDSA", "RSA, SHA256withRSA", "Ed25519, Ed25519"})
    void aKeyOfEachAlgorithmIsReadFromPkcs12AndFromPem(String algorithm, String signature) throws Exception {
        Path store = store(algorithm, signature);
        ServerIdentity identity = ServerIdentity.read(new Pkcs12(store, PASSWORD), NOW);
        assertThat(identity.chain()).hasSize(1);

        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Path certificate = Files.writeString(
                folder.resolve("cert.pem"),
                pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        Path key = Files.writeString(
                folder.resolve("key.pem"),
                pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
        ServerIdentity same = ServerIdentity.read(new Pem(certificate, key), NOW);
        assertThat(same.chain()).isEqualTo(identity.chain());

        assertThatThrownBy(
                        () -> ServerIdentity.read(new Pem(certificate, DevelopmentCertificate.key(made("other"))), NOW))
                .isInstanceOf(KeyMaterialException.class)
                .hasMessageContaining("expected the private key of the certificate in " + certificate);
    }

    @Test
    void anotherPasswordIsToldFromAFileThatIsNoPkcs12() throws Exception {
        Path store = store("EC", "SHA256withECDSA");
        assertThatThrownBy(() -> ServerIdentity.read(new Pkcs12(store, "wrong"), NOW))
                .isInstanceOf(KeyMaterialException.class)
                .hasMessageContaining("got another password than that of " + store)
                .hasMessageContaining("Try: ")
                .hasMessageNotContaining("wrong");
        Path nonsense = Files.writeString(folder.resolve("nonsense.p12"), "nonsense");
        assertThatThrownBy(() -> ServerIdentity.read(new Pkcs12(nonsense, "wrong"), NOW))
                .isInstanceOf(KeyMaterialException.class)
                .hasMessageContaining("expected a PKCS #12 file and its password, got " + nonsense)
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aStoreOfCertificatesOnlyHasNoKey() throws Exception {
        KeyStore keys = KeyStore.getInstance(store("EC", "SHA256withECDSA").toFile(), PASSWORD.toCharArray());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", keys.getCertificate("server"));
        Path file = write(trust, "trust.p12");
        assertThatThrownBy(() -> ServerIdentity.read(new Pkcs12(file, PASSWORD), NOW))
                .isInstanceOf(KeyMaterialException.class)
                .hasMessageContaining("expected a private key with its certificate in " + file + ", got none");
    }

    @Test
    void aKeyWithoutACertificateIsNoneOfTheServer() throws Exception {
        // By: openssl pkcs12 -export -nocerts
        Path file = Files.write(
                folder.resolve("key-only.p12"),
                Base64.getMimeDecoder()
                        .decode(
                                """
                MIIBfgIBAzCCATQGCSqGSIb3DQEHAaCCASUEggEhMIIBHTCCARkGCSqGSIb3DQEHAaCCAQoEggEGMIIBAjCB/wYLKoZIhvcNAQwK
                AQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECNtnVok/VOGxAgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFl
                AwQBKgQQ3T+b47moBnNXa+ilrJxo+wSBkMW48fyurl40kE7GndBSA2Gqnsv0cKpZmcQYcL0oTJpd4gUJCTETz2vcg9r9zlKMpIcj
                xlf/TV69VyK5QHm93OoJ0HcaGBGp/qH63bI8kcp/O0Py054vzD0/i8qbhjnJ7sfSZ5IdCx8qHHKtA55IdYY7fa0BgtHSnDd7KxEc
                5DK+92FfdzDTKgGXL9R6DamZ1jBBMDEwDQYJYIZIAWUDBAIBBQAEIFW0Y+SOTDBrDXWr+4al6sheUp+WPTcDKwB9puRDMq0HBAju
                jP6CUbOlbgICCAA=
                """));
        assertThatThrownBy(() -> ServerIdentity.read(new Pkcs12(file, PASSWORD), NOW))
                .isInstanceOf(KeyMaterialException.class)
                .hasMessageContaining("expected a private key with its certificate in " + file + ", got none");
    }

    @Test
    void aCertificateIsRefusedBeforeAndAfterItsTime() throws Exception {
        Path made = made("a");
        for (Duration off : List.of(Duration.ofDays(-1), Duration.ofDays(398))) {
            assertThatThrownBy(() -> ServerIdentity.read(pem(made, made), NOW.plus(off)))
                    .isInstanceOf(KeyMaterialException.class)
                    .hasMessageContaining("expected a certificate that is valid now (" + NOW.plus(off) + "), got one")
                    .hasMessageContaining("localhost.pem");
        }
        assertThat(ServerIdentity.read(pem(made, made), NOW).chain()).hasSize(1);
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() throws Exception {
        Path one = made("one");
        Path other = made("other");
        assertThatThrownBy(() -> ServerIdentity.read(pem(one, other), NOW))
                .isInstanceOf(KeyMaterialException.class)
                .hasMessageContaining("expected the private key of the certificate in "
                        + DevelopmentCertificate.certificate(one) + ", got another one in "
                        + DevelopmentCertificate.key(other));
    }

    @Test
    void aFileThatIsMissingOrNoPemIsNamed() throws Exception {
        Path good = made("good");
        Path nothing = folder.resolve("nothing.pem");
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        Path certificate = DevelopmentCertificate.certificate(good);
        Path half = Files.writeString(
                folder.resolve("half.pem"), Files.readString(certificate).substring(0, 200));
        assertThatThrownBy(() -> ServerIdentity.read(new Pem(certificate, nothing), NOW))
                .hasMessageContaining("expected a readable file, found none at " + nothing);
        assertThatThrownBy(() -> ServerIdentity.read(new Pem(folder, nothing), NOW))
                .hasMessageContaining("found none at " + nothing);
        assertThatThrownBy(() -> ServerIdentity.read(new Pem(certificate, folder), NOW))
                .hasMessageContaining("expected a readable file, found something else at " + folder);
        assertThatThrownBy(() -> ServerIdentity.read(new Pem(certificate, nonsense), NOW))
                .hasMessageContaining("expected a PEM file with a private key that is not encrypted, got " + nonsense);
        for (Path bad : List.of(nonsense, half)) {
            assertThatThrownBy(() -> ServerIdentity.read(new Pem(bad, DevelopmentCertificate.key(good)), NOW))
                    .isInstanceOf(KeyMaterialException.class)
                    .hasMessageContaining("expected a PEM file with -----BEGIN CERTIFICATE-----, got " + bad);
        }
    }

    @Test
    void aDevelopmentCertificateIsKeptUntilThirtyDaysBeforeItsEnd() throws Exception {
        Path made = made("kept");
        ServerIdentity first = ServerIdentity.read(new SelfSigned(made), NOW);
        DevelopmentCertificate.ensure(made, NOW.plus(Duration.ofDays(366)));
        assertThat(ServerIdentity.read(new SelfSigned(made), NOW)).isEqualTo(first);
        Instant later = NOW.plus(Duration.ofDays(368));
        DevelopmentCertificate.ensure(made, later);
        assertThat(ServerIdentity.read(new SelfSigned(made), later).chain()).isNotEqualTo(first.chain());
    }

    @Test
    void aDevelopmentCertificateThatHasLostItsKeyIsMadeAnew() throws Exception {
        Path made = made("made");
        Path other = made("other");
        Files.copy(
                DevelopmentCertificate.key(other),
                DevelopmentCertificate.key(made),
                StandardCopyOption.REPLACE_EXISTING);
        DevelopmentCertificate.ensure(made, NOW);
        assertThat(ServerIdentity.read(new SelfSigned(made), NOW).chain()).hasSize(1);
        Files.delete(DevelopmentCertificate.key(made));
        DevelopmentCertificate.ensure(made, NOW);
        assertThat(ServerIdentity.read(new SelfSigned(made), NOW).chain()).hasSize(1);
    }
}
