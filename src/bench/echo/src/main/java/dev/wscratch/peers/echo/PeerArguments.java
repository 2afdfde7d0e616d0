package dev.wscratch.peers.echo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The command line of every peer: {@code PORT [KEYSTORE PASSWORD]}. With a key store it speaks TLS on that port, and
 * only that. It listens on 127.0.0.1, echoes at {@code /echo}, and says {@code ready} on stdout once it does.
 *
 * @param port to listen on
 * @param keyStore a PKCS #12 file, empty for plain TCP
 * @param password of the store and its key
 */
public record PeerArguments(int port, String keyStore, String password) {
    /** The only address that a peer listens on. */
    public static final String HOST = "127.0.0.1";

    /** The longest message that anybody sends here, in bytes: peers set their bounds to it. */
    public static final int MAX_MESSAGE = 16 << 20;

    /**
     * Reads a command line.
     *
     * @param args of {@code main}
     * @return what they say
     */
    public static PeerArguments of(String... args) {
        if (args.length != 1 && args.length != 3) {
            throw new IllegalArgumentException(
                    "expected PORT or PORT KEYSTORE PASSWORD, got " + args.length + " arguments");
        }
        boolean tls = args.length == 3;
        return new PeerArguments(Integer.parseInt(args[0]), tls ? args[1] : "", tls ? args[2] : "");
    }

    /** {@return whether to speak TLS} */
    public boolean tls() {
        return !keyStore.isEmpty();
    }

    /**
     * The JDK's TLS with the given key, for those who take it ready made.
     *
     * @return a context of TLS 1.3
     */
    public SSLContext sslContext() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers().getKeyManagers(), null, null);
        return context;
    }

    /** {@return the given key and its certificate} */
    public KeyManagerFactory keyManagers() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(keyStore))) {
            store.load(in, password.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password.toCharArray());
        return factory;
    }

    /** Tells who started the peer that it listens now. */
    public static void ready() {
        System.out.println("ready");
    }
}
