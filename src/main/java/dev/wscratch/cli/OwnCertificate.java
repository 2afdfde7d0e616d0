package dev.wscratch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The certificate that {@code connect} shows to a server that asks for one. */
final class OwnCertificate {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private OwnCertificate() {}

    /**
     * Reads both files.
     *
     * @throws UsageException when there is not the one or the other in them
     */
    static KeyManager[] of(Value certificate, Value key) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        store.setKeyEntry("own", key(key), new char[0], chain(certificate));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static Certificate[] chain(Value given) {
        try (InputStream in = Files.newInputStream(given.path())) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(new Certificate[0]);
            if (chain.length == 0) {
                throw given.wrong("a PEM file with -----BEGIN CERTIFICATE-----");
            }
            return chain;
        } catch (IOException | GeneralSecurityException e) {
            throw given.wrong("a PEM file with certificates (" + Printable.of(String.valueOf(e)) + ")");
        }
    }

    private static PrivateKey key(Value given) throws GeneralSecurityException {
        String pem;
        try {
            pem = Files.readString(given.path(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw given.wrong("a file that can be read (" + Printable.of(String.valueOf(e)) + ")");
        }
        Matcher found = KEY.matcher(pem);
        if (!found.find()) {
            throw given.wrong(
                    "a PEM file with -----BEGIN PRIVATE KEY-----, as openssl pkcs8 -topk8 -nocrypt writes it");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // The key says by itself of which kind it is; so each kind is asked.
            }
        }
        throw given.wrong("a private key of the kind RSA, EC or EdDSA");
    }
}
