package dev.wscratch.peer;

import dev.wscratch.server.WscratchServer;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TlsSettings.ClientCertificates;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** How a server is spoken to, for what must hold both ways. */
public enum Scheme {
    WS,
    WSS;

    /** Where the development certificate of all tests is; made by the first server that needs it. */
    private static final Path FOLDER = Path.of("target", "test-certificate");

    /** Made once, so that sessions are resumed as those of other clients are; guarded by the class. */
    private static SSLContext trusting;

    /** Key and certificate of the servers that tests speak {@code wss} to. */
    public static TlsSettings tls() {
        return new TlsSettings(0, new SelfSigned(FOLDER), ClientCertificates.NONE);
    }

    /** Trusts nothing but one certificate in a PEM file. */
    public static SSLContext trusting(Path certificate) throws IOException {
        try (InputStream pem = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("expected a usable certificate in " + certificate, e);
        }
    }

    /** Trusts the certificate of {@link #tls}. */
    public static synchronized SSLContext trusting() throws IOException {
        if (trusting == null) {
            trusting = trusting(certificate());
        }
        return trusting;
    }

    /** The certificate of {@link #tls}. */
    public static Path certificate() {
        return FOLDER.resolve("localhost.pem").toAbsolutePath();
    }

    /** On a free port, of this scheme only. */
    public WscratchServer.Builder listening(WscratchServer.Builder builder) {
        return this == WS ? builder.port(0) : builder.withoutPlain().tls(tls());
    }

    public int port(WscratchServer server) {
        return this == WS ? server.port() : server.tlsPort();
    }

    public String uri(WscratchServer server, String path) {
        return (this == WS ? server.uri(path) : server.secureUri(path)).toString();
    }

    /** Connected by TCP; TLS's handshake begins with the first byte that is sent or wanted. */
    public RawPeer connect(int port) throws IOException {
        return this == WS ? RawPeer.connect(port) : RawPeer.connect(port, 0, trusting(), null);
    }

    /** The same with a receive buffer so small that a peer which does not read is noticed soon. */
    public RawPeer connectWithSmallBuffer(int port) throws IOException {
        return this == WS
                ? RawPeer.connectWithSmallBuffer(port)
                : RawPeer.connect(port, RawPeer.SMALL_BUFFER, trusting(), null);
    }

    /** Connected and upgraded. */
    public RawPeer open(int port, String path) throws IOException {
        return connect(port).upgraded(path);
    }

    /** The same with a small receive buffer. */
    public RawPeer openWithSmallBuffer(int port, String path) throws IOException {
        return connectWithSmallBuffer(port).upgraded(path);
    }
}
