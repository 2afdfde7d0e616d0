package dev.wscratch.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wscratch.client.WebSocket;
import dev.wscratch.peer.LogLines;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TlsSettings.ClientCertificates;
import dev.wscratch.transport.TlsSettings.Pem;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import nl.altindag.ssl.SSLFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificate and key are replaced in every way that people have, while connections talk without a pause. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TlsReloadIT {
    private static final int CONNECTIONS = 30;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String OLD_STAYS = "WARN the old certificate stays in force: ";

    /** The test looks at certificates itself. */
    private static final SSLContext ANYBODY = SSLFactory.builder()
            .withUnsafeTrustMaterial()
            .withUnsafeHostnameVerifier()
            .build()
            .getSslContext();

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    /** Certificate and key of a server, as text. */
    private record Pair(String certificate, String key) {
        X509Certificate parsed() throws Exception {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate.getBytes(US_ASCII)));
        }
    }

    private final Pair[] pairs = new Pair[4];

    @BeforeEach
    void makeCertificates() throws Exception {
        for (int i = 0; i < pairs.length; i++) {
            Path made = folder.resolve("made-" + i);
            try (WscratchServer maker = start(new SelfSigned(made))) {
                assertThat(maker.tlsPort()).isPositive();
            }
            pairs[i] = new Pair(
                    Files.readString(made.resolve("localhost.pem")),
                    Files.readString(made.resolve("localhost-key.pem")));
        }
        certificate = Files.writeString(folder.resolve("server.pem"), pairs[0].certificate());
        key = Files.writeString(folder.resolve("server-key.pem"), pairs[0].key());
    }

    private static WscratchServer start(TlsSettings.Identity identity) throws Exception {
        return WscratchServer.builder()
                .port(0)
                .tls(new TlsSettings(0, identity, ClientCertificates.NONE))
                .start();
    }

    @Test
    void aReplacedCertificateIsSeenByNewConnectionsAndLosesNoneOfTheOldOnes() throws Exception {
        try (LogLines log = new LogLines("dev.wscratch.transport");
                WscratchServer server = start(new Pem(certificate, key))) {
            List<Talker> talkers = new ArrayList<>();
            while (talkers.size() < CONNECTIONS) {
                talkers.add(new Talker(server));
            }
            awaitProgress(talkers);
            assertThat(served(server)).isEqualTo(pairs[0].parsed());

            move(pairs[1].key(), key);
            move(pairs[1].certificate(), certificate);
            awaitServed(server, pairs[1]);
            awaitProgress(talkers);

            Files.writeString(key, pairs[2].key());
            Files.writeString(certificate, pairs[2].certificate());
            awaitServed(server, pairs[2]);
            awaitProgress(talkers);
            assertThat(complaints(log)).isEmpty();

            Files.writeString(certificate, pairs[3].certificate().substring(0, 300));
            await().atMost(DEADLINE).until(() -> !complaints(log).isEmpty());
            assertThat(served(server)).isEqualTo(pairs[2].parsed());
            awaitProgress(talkers);

            Files.writeString(certificate, pairs[3].certificate());
            await("a key of another certificate is told")
                    .atMost(DEADLINE)
                    .until(() -> complaints(log).size() == 2);
            assertThat(served(server)).isEqualTo(pairs[2].parsed());
            Files.delete(key);
            await("a missing key is told")
                    .atMost(DEADLINE)
                    .until(() -> complaints(log).size() == 3);
            assertThat(served(server)).isEqualTo(pairs[2].parsed());
            Files.writeString(key, pairs[3].key());
            awaitServed(server, pairs[3]);
            awaitProgress(talkers);

            talkers.forEach(Talker::finish);
            assertThat(complaints(log))
                    .satisfiesExactly(
                            half -> assertThat(half).contains("-----BEGIN CERTIFICATE-----, got " + certificate),
                            foreign -> assertThat(foreign).contains("expected the private key of the certificate in"),
                            missing -> assertThat(missing).contains("found none at " + key));
            assertThat(log.all().stream().filter(line -> line.startsWith("INFO TLS: read again")))
                    .hasSize(3);
        }
    }

    private static List<String> complaints(LogLines log) {
        return List.copyOf(log.all()).stream()
                .filter(line -> line.startsWith(OLD_STAYS))
                .toList();
    }

    /** As {@code mv} does it: nobody ever sees half a file. */
    private void move(String content, Path to) throws Exception {
        Path fresh = Files.writeString(folder.resolve("fresh"), content);
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitServed(WscratchServer server, Pair expected) throws Exception {
        X509Certificate certificate = expected.parsed();
        await("the new certificate")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> served(server).equals(certificate));
    }

    /** What a new connection is shown. */
    private static X509Certificate served(WscratchServer server) throws Exception {
        try (SSLSocket socket = (SSLSocket)
                ANYBODY.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.tlsPort())) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Each gets at least twenty answers from now on. */
    private static void awaitProgress(List<Talker> talkers) {
        List<Integer> before = new ArrayList<>();
        talkers.forEach(talker -> before.add(talker.received.get()));
        await("progress of every connection").atMost(DEADLINE).untilAsserted(() -> {
            for (int i = 0; i < talkers.size(); i++) {
                assertThat(talkers.get(i).trouble).as("connection %d", i).isNull();
                assertThat(talkers.get(i).received.get()).as("connection %d", i).isGreaterThan(before.get(i) + 20);
            }
        });
    }

    /** Sends the next number when the answer to the last one has come, and says what else comes. */
    private static final class Talker {
        private final AtomicInteger received = new AtomicInteger();
        private volatile boolean finishing;

        /** What else came than answers; written by {@link #trouble} only. */
        private volatile @Nullable String trouble;

        private final WebSocket socket;

        Talker(WscratchServer server) {
            String url = "wss://localhost:" + server.tlsPort() + "/echo";
            socket = WebSocket.builder(url).tls(ANYBODY).open(opening -> {
                opening.onopen(event -> opening.send("0"));
                opening.onmessage(event -> answered(opening, event.data()));
                opening.onerror(event -> trouble(event));
                opening.onclose(event -> {
                    if (!finishing) {
                        trouble(event);
                    }
                });
            });
            // One handshake after the other: a burst of them is another test's.
            assertThat(socket.opened()).succeedsWithin(DEADLINE);
        }

        private void answered(WebSocket from, Object answer) {
            if (!answer.equals("" + received.get())) {
                trouble("expected " + received + ", got " + answer);
            }
            int next = received.incrementAndGet();
            if (finishing) {
                from.close(1000);
            } else {
                from.send("" + next);
            }
        }

        /** Keeps the first; called by the handlers only, which never overlap. */
        private void trouble(Object what) {
            trouble = trouble == null ? "" + what : trouble;
        }

        /** Ends behind the answer to the last message, so that none may be missing. */
        void finish() {
            finishing = true;
            assertThat(socket.closed())
                    .succeedsWithin(DEADLINE)
                    .matches(close -> close.code() == 1000 && close.wasClean());
            assertThat(trouble).isNull();
        }
    }
}
