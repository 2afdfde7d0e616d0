package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * What the fault suite does to a server, as single attacks for who wants to repeat them on a server of their own. Each ends
 * by itself within about ten seconds, leaves no connection open, and throws when the server did not end the connection.
 */
public final class Attacks {
    private static final int PIECES = 1_000;

    /** The write deadline, and what a server that has closed reads to its end. */
    private static final long REFUSED_WITHIN_NANOS = 20_000_000_000L;

    /**
     * A server to attack, at 127.0.0.1.
     *
     * @param port where it speaks plain
     * @param tlsPort where it speaks TLS
     * @param trust of its certificate
     */
    public record Victim(int port, int tlsPort, SSLContext trust) implements Target {
        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public String path() {
            return "/echo";
        }
    }

    /** The same server where it speaks TLS. */
    private record Secured(Victim victim) implements Target {
        @Override
        public RawPeer dial() throws IOException {
            return RawPeer.connect(port(), 0, victim.trust(), null);
        }

        @Override
        public String host() {
            return victim.host();
        }

        @Override
        public int port() {
            return victim.tlsPort();
        }

        @Override
        public String path() {
            return victim.path();
        }
    }

    /** What is done. */
    @FunctionalInterface
    public interface Deed {
        void run(Victim victim) throws IOException;
    }

    /**
     * One attack.
     *
     * @param name for reports
     * @param deed what is done
     */
    public record Attack(String name, Deed deed) {}

    private Attacks() {}

    /** Over in milliseconds: bad heads, bad frames, and clients of the misbehaving endpoints that go away. */
    public static List<Attack> quick() {
        Stream<Attack> wire = Stream.concat(HandshakeCases.all().stream(), FrameCases.all().stream())
                .flatMap(wireCase -> Stream.of(
                        new Attack(wireCase.name(), victim -> new WireRunner(victim).run(wireCase)),
                        new Attack(wireCase.name() + " over TLS", victim -> new WireRunner(new Secured(victim))
                                .run(wireCase))));
        Stream<Attack> faults = FaultCase.all().stream()
                .map(fault -> new Attack("/fault/" + fault.path(), victim -> ask(victim, fault.path())));
        return Stream.concat(wire, faults).toList();
    }

    /** Over when a deadline of the server is: silence, drips, floods, bombs and peers that do not read. */
    public static List<Attack> slow() {
        return List.of(
                new Attack("a silent socket", victim -> ends(victim.port(), new byte[0])),
                new Attack("a head that drips", Attacks::drippingHead),
                new Attack("a frame that drips", Attacks::drippingFrame),
                new Attack("a flood of Pings", victim -> flood(victim, 0x80 | RawPeer.PING, 8)),
                new Attack("a flood of Pongs", victim -> flood(victim, 0x80 | RawPeer.PONG, 0)),
                new Attack("a million empty fragments", Attacks::emptyFragments),
                new Attack("a peer that never reads its echoes", Attacks::neverReads),
                new Attack("a compression bomb", Attacks::bomb),
                new Attack("garbage to the TLS port", victim -> ends(victim.tlsPort(), garbage())),
                new Attack("plain HTTP to the TLS port", victim -> ends(victim.tlsPort(), get(victim.tlsPort()))),
                new Attack("half a TLS hello", victim -> ends(victim.tlsPort(), new byte[] {22, 3, 1, 2, 0, 1})),
                new Attack(
                        "a TLS hello to the plain port", victim -> ends(victim.port(), new byte[] {22, 3, 1, 0, 5, 1})),
                new Attack("garbage after the TLS handshake", Attacks::garbageInsideTls),
                new Attack("a reset after the TLS handshake", Attacks::resetAfterTls));
    }

    /** Looks at what comes for a moment and goes away, whatever state that leaves the script in. */
    private static void ask(Victim victim, String path) throws IOException {
        try (RawPeer peer = RawPeer.connect(victim.port())) {
            peer.socket().setSoTimeout(100);
            peer.send(RawPeer.request(victim.port(), "/fault/" + path, FaultCase.OFFERS.toArray(String[]::new)));
            try {
                peer.read(64 << 10);
            } catch (SocketTimeoutException silent) {
                peer.sendText("anybody?");
                peer.reset();
            } catch (IOException endedByItself) {
                assertThat(peer.socket().isConnected()).isTrue();
            }
        }
    }

    private static void ends(int port, byte[] bytes) throws IOException {
        try (RawPeer peer = RawPeer.connect(port)) {
            sendWhatItTakes(peer, bytes);
            assertThat(peer.endsEventually()).isTrue();
        }
    }

    private static void drippingHead(Victim victim) throws IOException {
        try (RawPeer peer = RawPeer.connect(victim.port());
                Drip drip = new Drip(peer, RawPeer.request(victim.port(), "/echo", "X: " + "x".repeat(8_000)))) {
            assertThat(drip).isNotNull();
            assertThat(peer.endsEventually()).isTrue();
        }
    }

    private static void drippingFrame(Victim victim) throws IOException {
        try (RawPeer peer = RawPeer.open(victim.port(), "/echo");
                Drip drip = new Drip(peer, RawPeer.frame(0x82, new byte[8_000]))) {
            assertThat(drip).isNotNull();
            assertThat(peer.readClose().closeCode()).isEqualTo(1008);
        }
    }

    private static void flood(Victim victim, int firstByte, int length) throws IOException {
        byte[] frame = RawPeer.frame(firstByte, new byte[length]);
        floods(victim, repeated(frame, PIECES), 20);
    }

    private static void emptyFragments(Victim victim) throws IOException {
        try (RawPeer peer = RawPeer.open(victim.port(), "/echo")) {
            sendWhatItTakes(peer, RawPeer.frame(0x02, new byte[0]));
            byte[] many = repeated(RawPeer.frame(0, new byte[0]), PIECES);
            for (int i = 0; i < 1_000 && sendWhatItTakes(peer, many); i++) {
                // Until it is refused.
            }
            assertThat(peer.endsEventually()).isTrue();
        }
    }

    private static void floods(Victim victim, byte[] bytes, int times) throws IOException {
        try (RawPeer peer = RawPeer.open(victim.port(), "/echo")) {
            for (int i = 0; i < times && sendWhatItTakes(peer, bytes); i++) {
                // Until it is refused.
            }
            assertThat(peer.endsEventually()).isTrue();
        }
    }

    private static void neverReads(Victim victim) throws IOException {
        try (RawPeer peer = RawPeer.openWithSmallBuffer(victim.port(), "/echo")) {
            byte[] message = RawPeer.frame(0x82, new byte[64 << 10]);
            long until = System.nanoTime() + REFUSED_WITHIN_NANOS;
            while (sendWhatItTakes(peer, message)) {
                assertThat(System.nanoTime())
                        .as("still taken from a peer that does not read")
                        .isLessThan(until);
            }
        }
    }

    private static void bomb(Victim victim) throws IOException {
        try (RawPeer peer = RawPeer.connect(victim.port())) {
            String head = peer.handshake("/deflate", "Sec-WebSocket-Extensions: permessage-deflate");
            assertThat(head).containsIgnoringCase("permessage-deflate");
            peer.send(RawPeer.frame(0xC0 | RawPeer.BINARY, deflatedZeros(64 << 20)));
            assertThat(peer.readClose().closeCode()).isEqualTo(1009);
        }
    }

    private static byte[] deflatedZeros(int count) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        byte[] chunk = new byte[64 << 10];
        for (int i = 0; i < count / zeros.length; i++) {
            deflater.setInput(zeros);
            for (int n = deflater.deflate(chunk); n > 0; n = deflater.deflate(chunk)) {
                all.write(chunk, 0, n);
            }
        }
        int n = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
        deflater.end();
        all.write(chunk, 0, n - 4); // The sender leaves out 00 00 FF FF (RFC 7692 7.2.1).
        return all.toByteArray();
    }

    private static void garbageInsideTls(Victim victim) throws IOException {
        try (Socket below = new Socket(InetAddress.getLoopbackAddress(), victim.tlsPort());
                SSLSocket tls = over(below, victim)) {
            tls.startHandshake();
            below.getOutputStream().write(garbage());
            byte[] rest = below.getInputStream().readAllBytes();
            assertThat(rest.length).isLessThan(64 << 10);
        } catch (java.net.SocketException reset) {
            // As good an end as any.
        }
    }

    private static void resetAfterTls(Victim victim) throws IOException {
        Socket below = new Socket(InetAddress.getLoopbackAddress(), victim.tlsPort());
        try (SSLSocket tls = over(below, victim)) {
            tls.startHandshake();
            below.setSoLinger(true, 0);
            below.close();
        } catch (java.net.SocketException closedBelow) {
            // So the upper socket says.
        }
    }

    private static SSLSocket over(Socket below, Victim victim) throws IOException {
        below.setSoTimeout(10_000);
        return (SSLSocket) victim.trust().getSocketFactory().createSocket(below, "localhost", victim.tlsPort(), true);
    }

    private static byte[] garbage() {
        byte[] garbage = new byte[2_048];
        new Random(46).nextBytes(garbage);
        return garbage;
    }

    private static byte[] get(int port) {
        return ("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = Arrays.copyOf(bytes, bytes.length * times);
        for (int at = bytes.length; at < all.length; at += bytes.length) {
            System.arraycopy(bytes, 0, all, at, bytes.length);
        }
        return all;
    }

    /** {@return whether it took them: a server may go before it has everything} */
    private static boolean sendWhatItTakes(RawPeer peer, byte[] bytes) throws IOException {
        try {
            peer.send(bytes);
            return true;
        } catch (java.net.SocketException refused) {
            return false;
        }
    }
}
