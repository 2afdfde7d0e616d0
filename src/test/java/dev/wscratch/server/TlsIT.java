package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wscratch.peer.LogLines;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import dev.wscratch.peer.WebSocketRecorder;
import dev.wscratch.transport.Deadlines;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TlsSettings.ClientAuthentication;
import dev.wscratch.transport.TlsSettings.ClientCertificates;
import dev.wscratch.transport.TlsSettings.Identity;
import dev.wscratch.transport.TlsSettings.Pem;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 90, unit = TimeUnit.SECONDS)
class TlsIT {
    @TempDir
    private Path folder;

    private WscratchServer start(Identity identity, ClientCertificates clients) throws IOException {
        return WscratchServer.builder()
                .port(0)
                .tls(new TlsSettings(0, identity, clients))
                .start();
    }

    private WscratchServer start() throws IOException {
        return start(new SelfSigned(folder), ClientCertificates.NONE);
    }

    private static X509Certificate certificate(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private HttpClient client() throws Exception {
        return HttpClient.newBuilder()
                .sslContext(Scheme.trusting(folder.resolve("localhost.pem")))
                .build();
    }

    @Test
    void theSamePageAndEndpointsAnswerOverTlsBesidePlain() throws Exception {
        try (WscratchServer server = start()) {
            WebSocketRecorder secure = WebSocketRecorder.connect(client(), server.secureUri("/echo"));
            secure.send("grüße");
            assertThat(secure.nextText()).isEqualTo("grüße");
            byte[] large = new byte[1 << 20];
            new Random(7).nextBytes(large);
            secure.send(ByteBuffer.wrap(large));
            assertThat(secure.nextBytes()).isEqualTo(large);
            secure.sendClose(4001, "done");
            assertThat(secure.closeCode()).isEqualTo(4001);

            URI page = URI.create("https://localhost:" + server.tlsPort() + "/");
            HttpResponse<String> response =
                    client().send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);

            try (RawPeer plain = RawPeer.open(server.port(), "/echo")) {
                plain.sendText("plain");
                assertThat(plain.readFrame().text()).isEqualTo("plain");
            }
        }
    }

    @Test
    void tlsMayBeAlone() throws Exception {
        try (WscratchServer server = WscratchServer.builder()
                .withoutPlain()
                .tls(new TlsSettings(0, new SelfSigned(folder), ClientCertificates.NONE))
                .start()) {
            assertThat(server.port()).isEqualTo(-1);
            assertThat(server.page().getScheme()).isEqualTo("https");
            WebSocketRecorder secure = WebSocketRecorder.connect(client(), server.secureUri("/"));
            secure.send("a");
            assertThat(secure.nextText()).isEqualTo("Echo: a");
        }
    }

    @Test
    void theDevelopmentCertificateIsForThisMachineKeptAndPrivate() throws Exception {
        try (WscratchServer server = start()) {
            assertThat(server.tlsPort()).isPositive();
        }
        X509Certificate first = certificate(folder.resolve("localhost.pem"));
        assertThat(first.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("localhost-key.pem"))))
                .isEqualTo("rw-------");
        try (WscratchServer again = start()) {
            assertThat(again.tlsPort()).isPositive();
        }
        assertThat(certificate(folder.resolve("localhost.pem"))).isEqualTo(first);
    }

    @Test
    void aSniffedConnectionShowsNothingButTlsRecords() throws Exception {
        String secret = "the-secret-message-that-nobody-may-read";
        try (WscratchServer server = start();
                Sniffer sniffer = new Sniffer(server.tlsPort())) {
            WebSocketRecorder secure =
                    WebSocketRecorder.connect(client(), URI.create("wss://127.0.0.1:" + sniffer.port() + "/echo"));
            secure.send(secret);
            assertThat(secure.nextText()).isEqualTo(secret);
            secure.sendClose(1000, "");
            assertThat(secure.closeCode()).isEqualTo(1000);
            for (byte[] direction : sniffer.bytes()) {
                assertThat(direction).isNotEmpty();
                assertThat(new String(direction, ISO_8859_1)).doesNotContain(secret, "Sec-WebSocket", "101 Switching");
                int at = 0;
                while (at + 5 <= direction.length) {
                    // RFC 8446 section 5.1: type 20 to 23, version 3.x, length.
                    assertThat(direction[at]).isBetween((byte) 20, (byte) 23);
                    assertThat(direction[at + 1]).isEqualTo((byte) 3);
                    at += 5 + (((direction[at + 3] & 0xFF) << 8) | (direction[at + 4] & 0xFF));
                }
            }
        }
    }

    @Test
    void itSpeaksTls12And13() throws Exception {
        try (WscratchServer server = start()) {
            for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
                try (SSLSocket socket = tls(server, protocol)) {
                    socket.startHandshake();
                    assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
                }
            }
        }
    }

    private SSLSocket tls(WscratchServer server, String protocol) throws Exception {
        SSLSocket socket = (SSLSocket) Scheme.trusting(folder.resolve("localhost.pem"))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.tlsPort());
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    @Test
    void tlsToThePlainPortIsToldSoInHttp() throws Exception {
        try (WscratchServer server = start();
                LogLines lines = new LogLines("dev.wscratch.transport");
                RawPeer confused = RawPeer.connect(server.port())) {
            confused.sendHex("16 03 01 00 05 01 00 00 01 03");
            assertThat(confused.readResponse())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("this port speaks plain HTTP: use http:// or ws://");
            assertThat(lines.all())
                    .containsExactly("INFO refuse remote=127.0.0.1 status=400 why=\"TLS_TO_PLAIN_PORT\"");
        }
    }

    @Test
    void whoNeverFinishesTheHelloIsGoneWithinTheHandshakeDeadline() throws Exception {
        Deadlines usual = Deadlines.DEFAULT;
        Deadlines impatient = new Deadlines(
                Duration.ofMillis(400),
                usual.frame(),
                usual.write(),
                usual.close(),
                usual.drain(),
                usual.spread(),
                usual.pingInterval(),
                usual.idle());
        try (WscratchServer server = WscratchServer.builder()
                        .port(0)
                        .deadlines(impatient)
                        .tls(new TlsSettings(0, new SelfSigned(folder), ClientCertificates.NONE))
                        .start();
                RawPeer slow = RawPeer.connect(server.tlsPort());
                RawPeer silent = RawPeer.connect(server.tlsPort())) {
            slow.sendHex("16 03 01 02 00 01");
            assertThat(slow.endsEventually()).isTrue();
            assertThat(silent.endsEventually()).isTrue();
        }
    }

    @Test
    void aCertificateIsReplacedWithoutDroppingAConnection() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path live = Files.createDirectory(folder.resolve("live"));
        for (Path made : new Path[] {other, live}) {
            try (WscratchServer maker = start(new SelfSigned(made), ClientCertificates.NONE)) {
                assertThat(maker.tlsPort()).isPositive();
            }
        }
        Path certificate = live.resolve("localhost.pem");
        Path key = live.resolve("localhost-key.pem");
        try (WscratchServer server = start(new Pem(certificate, key), ClientCertificates.NONE)) {
            HttpClient before = HttpClient.newBuilder()
                    .sslContext(Scheme.trusting(certificate))
                    .build();
            WebSocketRecorder old = WebSocketRecorder.connect(before, server.secureUri("/echo"));
            Files.copy(other.resolve("localhost-key.pem"), key, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(other.resolve("localhost.pem"), certificate, StandardCopyOption.REPLACE_EXISTING);
            FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 5_000);
            Files.setLastModifiedTime(key, later);
            Files.setLastModifiedTime(certificate, later);
            HttpClient after = HttpClient.newBuilder()
                    .sslContext(Scheme.trusting(other.resolve("localhost.pem")))
                    .build();
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        WebSocketRecorder fresh = WebSocketRecorder.connect(after, server.secureUri("/echo"));
                        fresh.send("new");
                        assertThat(fresh.nextText()).isEqualTo("new");
                    });
            old.send("still here");
            assertThat(old.nextText()).isEqualTo("still here");
        }
    }

    @Test
    void aClientWithoutACertificateIsRefusedWhereOneIsNeeded() throws Exception {
        try (WscratchServer maker = start()) {
            assertThat(maker.tlsPort()).isPositive();
        }
        ClientCertificates needed =
                new ClientCertificates(ClientAuthentication.NEEDED, folder.resolve("localhost.pem"));
        try (WscratchServer server = start(new SelfSigned(folder), needed)) {
            assertThatThrownBy(() -> WebSocketRecorder.connect(client(), server.secureUri("/echo")))
                    .rootCause()
                    .isInstanceOfAny(SSLException.class, IOException.class);
        }
    }

    @Test
    void aClientWithACertificateThatNobodyTrustsIsRefusedAndLoggedOnce() throws Exception {
        Path stranger = Files.createDirectory(folder.resolve("stranger"));
        for (Path made : new Path[] {folder, stranger}) {
            try (WscratchServer maker = start(new SelfSigned(made), ClientCertificates.NONE)) {
                assertThat(maker.tlsPort()).isPositive();
            }
        }
        ClientCertificates needed =
                new ClientCertificates(ClientAuthentication.NEEDED, folder.resolve("localhost.pem"));
        SSLContext known = showing(folder);
        try (WscratchServer server = start(new SelfSigned(folder), needed);
                LogLines lines = new LogLines("dev.wscratch.transport")) {
            for (SSLContext refused : new SSLContext[] {showing(stranger), trusting()}) {
                try (RawPeer peer = RawPeer.connect(server.tlsPort(), 0, refused, null)) {
                    // The alert, unless the client was still sending when the server had closed.
                    assertThatThrownBy(() -> peer.handshake("/echo"))
                            .isInstanceOf(IOException.class)
                            .hasMessageMatching(".*(fatal alert|Broken pipe|Connection reset).*");
                }
            }
            assertThat(lines.all()).hasSize(2).allSatisfy(line -> assertThat(line)
                    .startsWith("INFO refuse remote=127.0.0.1 tls why=\""));
            try (RawPeer peer = RawPeer.connect(server.tlsPort(), 0, known, null)) {
                assertThat(peer.handshake("/echo")).startsWith("HTTP/1.1 101 ");
            }
        }
    }

    /** Found by review: a session that is resumed by ticket asks nobody whom the server trusts now. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientThatIsTrustedNoMoreDoesNotGetInByResumption(String protocol) throws Exception {
        Path stranger = Files.createDirectory(folder.resolve("stranger"));
        for (Path made : new Path[] {folder, stranger}) {
            try (WscratchServer maker = start(new SelfSigned(made), ClientCertificates.NONE)) {
                assertThat(maker.tlsPort()).isPositive();
            }
        }
        Path trusted = Files.copy(folder.resolve("localhost.pem"), folder.resolve("trusted.pem"));
        SSLContext known = showing(folder);
        try (LogLines lines = new LogLines("dev.wscratch.transport");
                WscratchServer server =
                        start(new SelfSigned(folder), new ClientCertificates(ClientAuthentication.NEEDED, trusted))) {
            for (int i = 0; i < 2; i++) {
                try (RawPeer peer = RawPeer.connect(server.tlsPort(), 0, known, protocol)) {
                    assertThat(peer.handshake("/echo")).startsWith("HTTP/1.1 101 ");
                }
            }
            Files.copy(stranger.resolve("localhost.pem"), trusted, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(20)).until(() -> List.copyOf(lines.all()).stream()
                    .anyMatch(line -> line.startsWith("INFO TLS: read again")));
            try (RawPeer peer = RawPeer.connect(server.tlsPort(), 0, known, protocol)) {
                // By the alert, or by a broken pipe when the client was still sending the rest of its flight.
                assertThatThrownBy(() -> peer.handshake("/echo")).isInstanceOf(IOException.class);
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> List.copyOf(lines.all()).stream()
                    .anyMatch(line -> line.contains("tls why=\"PKIX path ")));
        }
    }

    private SSLContext trusting() throws IOException {
        return Scheme.trusting(folder.resolve("localhost.pem"));
    }

    /** A client that trusts the server and shows the certificate in {@code from}. */
    private SSLContext showing(Path from) {
        return SSLFactory.builder()
                .withIdentityMaterial(
                        PemUtils.loadIdentityMaterial(from.resolve("localhost.pem"), from.resolve("localhost-key.pem")))
                .withTrustMaterial(PemUtils.loadTrustMaterial(folder.resolve("localhost.pem")))
                .build()
                .getSslContext();
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        Path nothing = folder.resolve("nothing.pem");
        assertThatThrownBy(() -> start(new Pem(nothing, nothing), ClientCertificates.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a readable file, found none at " + nothing);
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "not a certificate");
        assertThatThrownBy(() -> start(new Pem(nonsense, nonsense), ClientCertificates.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nonsense.pem");
    }

    /** Sits between client and server and keeps what passes. */
    private static final class Sniffer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final ByteArrayOutputStream up = new ByteArrayOutputStream();
        private final ByteArrayOutputStream down = new ByteArrayOutputStream();
        private final int target;

        Sniffer(int target) throws IOException {
            this.target = target;
            new Thread(this::accept, "sniffer").start();
        }

        int port() {
            return listener.getLocalPort();
        }

        private void accept() {
            try (Socket client = listener.accept();
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                Thread upward = new Thread(() -> copy(client, server, up), "sniffer-up");
                upward.start();
                copy(server, client, down);
                upward.join(5_000);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void copy(Socket from, Socket to, ByteArrayOutputStream seen) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[8192];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    synchronized (seen) {
                        seen.write(buffer, 0, n);
                    }
                    out.write(buffer, 0, n);
                }
                to.shutdownOutput();
            } catch (IOException ended) {
                // One side has gone; what passed before that was seen.
            }
        }

        byte[][] bytes() {
            synchronized (up) {
                synchronized (down) {
                    return new byte[][] {up.toByteArray(), down.toByteArray()};
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
