package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes to the socket at once, and what is left to Grizzly. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class GrizzlyTcpTest {
    /** More than the buffers of any socket. */
    private static final int LARGE = 64 << 20;

    /** Keeps what Grizzly is to write. */
    private static final class Connection extends TCPNIOConnection {
        final List<ByteBuffer> left = new ArrayList<>();
        final List<CompletionHandler<?>> handlers = new ArrayList<>();

        Connection(SocketChannel socket) {
            super(TCPNIOTransportBuilder.newInstance().build(), socket);
        }

        @Override
        public <W> void write(W message, CompletionHandler<WriteResult<W, SocketAddress>> handler) {
            left.add(((Buffer) message).toByteBuffer());
            handlers.add(handler);
        }
    }

    private static final class Recorder implements Outbox.Progress {
        final List<String> told = new ArrayList<>();

        @Override
        public void advanced() {
            told.add("advanced");
        }

        @Override
        public void completed() {
            told.add("completed");
        }

        @Override
        public void failed(Throwable cause) {
            told.add("failed: " + cause.getClass().getSimpleName());
        }
    }

    private final Recorder progress = new Recorder();

    /** Found by review: an outbox waited for ever for the end of a write that had thrown. */
    @Test
    void aWriteThatThrowsHasFailed() throws Exception {
        try (SocketChannel nowhere = SocketChannel.open()) {
            Connection connection = new Connection(nowhere);

            new GrizzlyTcp(connection, null).write(List.of(ByteBuffer.allocate(1)), progress);

            assertThat(progress.told).containsExactly("failed: " + NotYetConnectedException.class.getSimpleName());
            assertThat(connection.left).isEmpty();
        }
    }

    /** Found by review: the same, for a tap that throws. */
    @Test
    void aWriteWhoseTapThrowsHasFailed() throws Exception {
        try (SocketChannel nowhere = SocketChannel.open()) {
            GrizzlyTcp tcp = new GrizzlyTcp(new Connection(nowhere), null);
            tcp.watchedBy(new ConnectionTap() {
                @Override
                public void received(ByteBuffer bytes) {}

                @Override
                public void sent(ByteBuffer bytes) {
                    throw new AssertionError("of a test");
                }

                @Override
                public void ended(String cause) {}
            });

            tcp.write(List.of(ByteBuffer.allocate(1)), progress);

            assertThat(progress.told).containsExactly("failed: AssertionError");
        }
    }

    @Test
    void whatTheSocketTakesIsWrittenAtOnce() throws Exception {
        try (ServerSocketChannel server = listen();
                SocketChannel peer = SocketChannel.open(server.getLocalAddress());
                SocketChannel socket = accept(server)) {
            Connection connection = new Connection(socket);

            new GrizzlyTcp(connection, null).write(List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})), progress);

            assertThat(progress.told).containsExactly("completed");
            assertThat(connection.left).isEmpty();
            assertThat(read(peer, 3)).isEqualTo(new byte[] {1, 2, 3});
        }
    }

    @Test
    void whatTheSocketDoesNotTakeIsLeftToGrizzlyFromTheRightByteOn() throws Exception {
        try (ServerSocketChannel server = listen();
                SocketChannel peer = SocketChannel.open(server.getLocalAddress());
                SocketChannel socket = accept(server)) {
            Connection connection = new Connection(socket);

            new GrizzlyTcp(connection, null).write(List.of(numbers()), progress);

            assertThat(progress.told).isEmpty();
            ByteBuffer left = connection.left.get(0);
            int taken = LARGE - left.remaining();
            assertThat(taken).isPositive();
            assertThat(left).isEqualTo(numbers().position(taken));
            assertThat(ByteBuffer.wrap(read(peer, taken))).isEqualTo(numbers().limit(taken));
            connection.handlers.get(0).completed(null);
            assertThat(progress.told).containsExactly("completed");
        }
    }

    /** Bytes whose place can be told from them. */
    private static ByteBuffer numbers() {
        ByteBuffer numbers = ByteBuffer.allocate(LARGE);
        while (numbers.hasRemaining()) {
            numbers.putInt(numbers.position());
        }
        return numbers.flip();
    }

    private static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static SocketChannel accept(ServerSocketChannel server) throws IOException {
        SocketChannel socket = server.accept();
        socket.configureBlocking(false);
        return socket;
    }

    private static byte[] read(SocketChannel peer, int count) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(count);
        while (read.hasRemaining() && peer.read(read) >= 0) {
            // Until all has come.
        }
        return read.array();
    }
}
