package dev.wscratch.transport;

import dev.wscratch.transport.TlsSettings.Pem;
import dev.wscratch.transport.TlsSettings.Pkcs12;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import nl.altindag.ssl.pem.util.PemUtils;
import org.jspecify.annotations.Nullable;

/**
 * The server's private key and certificate as they were read from files, checked before anybody sees them: the key belongs
 * to the certificate, and the certificate is valid now. A TLS library would find out at each handshake only.
 *
 * @param key of the first certificate
 * @param chain the server's certificate, then those of its issuers
 */
record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] PROBE = {'w', 's'};

    /**
     * Reads and checks.
     *
     * @throws KeyMaterialException when the files cannot be used; says which, what was expected, and what to try
     */
    static ServerIdentity read(TlsSettings.Identity identity, Instant now) throws KeyMaterialException {
        if (identity instanceof Pkcs12 pkcs12) {
            return pkcs12(pkcs12).checked(pkcs12.store(), pkcs12.store(), now);
        }
        Pem pem = identity instanceof SelfSigned selfSigned
                ? new Pem(
                        DevelopmentCertificate.certificate(selfSigned.folder()),
                        DevelopmentCertificate.key(selfSigned.folder()))
                : (Pem) identity;
        return new ServerIdentity(key(pem.key()), certificates(pem.certificate()))
                .checked(pem.certificate(), pem.key(), now);
    }

    /**
     * The certificates of a PEM file.
     *
     * @throws KeyMaterialException when there is none
     */
    static List<X509Certificate> certificates(Path file) throws KeyMaterialException {
        try {
            return PemUtils.loadCertificate(readable(file));
        } catch (RuntimeException e) {
            // The library throws a zoo of these for files that are not what they should be.
            throw new KeyMaterialException(
                    "TLS: expected a PEM file with -----BEGIN CERTIFICATE-----, got " + file + " (" + e.getMessage()
                            + "). Try: openssl x509 -in " + file + " -noout -text",
                    e);
        }
    }

    private static PrivateKey key(Path file) throws KeyMaterialException {
        try {
            return PemUtils.loadPrivateKey(readable(file));
        } catch (RuntimeException e) {
            throw new KeyMaterialException(
                    "TLS: expected a PEM file with a private key that is not encrypted, got " + file + " ("
                            + e.getMessage() + "). Try: openssl pkey -in " + file + " -out plain-key.pem",
                    e);
        }
    }

    private static ServerIdentity pkcs12(Pkcs12 pkcs12) throws KeyMaterialException {
        char[] password = pkcs12.password().toCharArray();
        try (var in = Files.newInputStream(readable(pkcs12.store()))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                Certificate @Nullable [] chain = store.getCertificateChain(alias);
                if (chain != null && store.getKey(alias, password) instanceof PrivateKey key) {
                    return new ServerIdentity(key, chain(chain));
                }
            }
        } catch (KeyMaterialException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            boolean locked =
                    e instanceof UnrecoverableKeyException || e.getCause() instanceof UnrecoverableKeyException;
            String found = locked ? "another password than that of " : "";
            throw new KeyMaterialException(
                    "TLS: expected a PKCS #12 file and its password, got " + found + pkcs12.store()
                            + (locked ? "" : " (" + e.getMessage() + ")") + ". Try: openssl pkcs12 -info -noout -in "
                            + pkcs12.store(),
                    e);
        }
        throw new KeyMaterialException("TLS: expected a private key with its certificate in " + pkcs12.store()
                + ", got none. Try: openssl pkcs12 -export -in cert.pem -inkey key.pem -out keys.p12");
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
    }

    /** The same path, if there is such a file. */
    static Path readable(Path file) throws KeyMaterialException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            String found = Files.exists(file)
                    ? (Files.isRegularFile(file) ? "one that this user may not read" : "something else")
                    : "none";
            throw new KeyMaterialException(
                    "TLS: expected a readable file, found " + found + " at " + file + ". Try: ls -l " + file);
        }
        return file;
    }

    private ServerIdentity checked(Path certificateFile, Path keyFile, Instant now) throws KeyMaterialException {
        X509Certificate own = chain.get(0);
        Instant from = own.getNotBefore().toInstant();
        Instant until = own.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            throw new KeyMaterialException("TLS: expected a certificate that is valid now (" + now + "), got one from "
                    + from + " to " + until + " in " + certificateFile + ". Try: renew it, or set the clock");
        }
        if (!belongTogether(own.getPublicKey())) {
            throw new KeyMaterialException("TLS: expected the private key of the certificate in " + certificateFile
                    + ", got another one in " + keyFile + ". Try: the key that the certificate was requested with,"
                    + " and the server's own certificate first in its file");
        }
        return this;
    }

    /** Whether what the one signs the other verifies. */
    private boolean belongTogether(PublicKey publicKey) throws KeyMaterialException {
        String algorithm =
                switch (publicKey.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> publicKey.getAlgorithm(); // Ed25519 and the like are named as their signature
                };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (InvalidKeyException e) {
            // A key of another algorithm.
            return false;
        } catch (GeneralSecurityException e) {
            throw new KeyMaterialException(
                    "TLS: expected a key of EC, RSA or EdDSA, got one of " + publicKey.getAlgorithm() + " ("
                            + e.getMessage() + ")",
                    e);
        }
    }
}
