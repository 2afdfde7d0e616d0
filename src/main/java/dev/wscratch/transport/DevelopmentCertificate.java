package dev.wscratch.transport;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for localhost, 127.0.0.1 and ::1, signed by itself: for development on this machine.
 *
 * <p>It is kept, so that trusting it once is enough, and made anew when fewer than 30 of its 397 days are left (browsers
 * refuse certificates that live longer than 398). Folder and key are readable by their owner only.
 */
final class DevelopmentCertificate {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");
    private static final int DAYS = 397;
    private static final int RENEW_BELOW_DAYS = 30;

    private DevelopmentCertificate() {}

    static Path certificate(Path folder) {
        return folder.resolve("localhost.pem");
    }

    static Path key(Path folder) {
        return folder.resolve("localhost-key.pem");
    }

    /**
     * Makes certificate and key unless there are good ones.
     *
     * @param now what the validity is judged by
     * @throws KeyMaterialException when they cannot be made or written
     */
    static void ensure(Path folder, Instant now) throws KeyMaterialException {
        if (!isGood(folder, now)) {
            try {
                make(folder, now);
            } catch (IOException e) {
                throw new KeyMaterialException(
                        "TLS: expected a folder for the development certificate that this user may write, got " + folder
                                + " (" + e + "). Try: ls -ld " + folder,
                        e);
            } catch (GeneralSecurityException | OperatorCreationException e) {
                throw new KeyMaterialException("TLS: cannot make a development certificate: " + e.getMessage(), e);
            }
        }
    }

    private static boolean isGood(Path folder, Instant now) {
        if (!Files.exists(certificate(folder)) && !Files.exists(key(folder))) {
            return false;
        }
        try {
            ServerIdentity kept = ServerIdentity.read(new TlsSettings.SelfSigned(folder), now);
            Instant end = kept.chain().get(0).getNotAfter().toInstant();
            return end.isAfter(now.plus(RENEW_BELOW_DAYS, ChronoUnit.DAYS));
        } catch (KeyMaterialException e) {
            LOG.log(Level.INFO, "makes a new development certificate instead of the old one: {0}", e.getMessage());
            return false;
        }
    }

    private static void make(Path folder, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        X509CertificateHolder certificate = sign(keys, "SHA256withECDSA", now);
        if (Files.getFileStore(existingParent(folder)).supportsFileAttributeView("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
        writePrivately(key(folder), pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
        writePrivately(certificate(folder), pem(certificate));
    }

    private static Path existingParent(Path folder) {
        Path parent = folder.toAbsolutePath();
        while (!Files.exists(parent) && parent.getParent() != null) {
            parent = parent.getParent();
        }
        return parent;
    }

    /** A certificate for localhost, signed by its own key with such an algorithm as {@code SHA256withECDSA}. */
    static X509CertificateHolder sign(KeyPair keys, String algorithm, Instant now)
            throws IOException, OperatorCreationException {
        X500Name name = new X500Name("CN=localhost, O=wscratch development");
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(DAYS, ChronoUnit.DAYS)),
                name,
                keys.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1"),
        }));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return builder.build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()));
    }

    private static String pem(Object content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString();
    }

    /** Written beside its place and moved there, so that nobody ever reads half a file or another's key. */
    private static void writePrivately(Path file, String content) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(fresh, content, StandardCharsets.US_ASCII);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
