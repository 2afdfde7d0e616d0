package dev.wscratch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.memory.HeapMemoryManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainWriteTest {
    /** More than any socket takes at once. */
    private static final int LARGE = 64 << 20;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partsLeaveInOrder(boolean onSelector) throws Exception {
        List<ByteBuffer> parts = List.of(
                numbers(0, 10),
                numbers(10, 4096),
                numbers(4106, 0),
                // Past the end of the buffer that they are copied to, twice.
                numbers(4106, 400_000),
                numbers(404_106, 3));
        try (Pair pair = new Pair()) {
            CompletableFuture<List<ByteBuffer>> left = write(onSelector, pair.socket, parts);
            ByteBuffer received = pair.read(404_109 - remaining(left.get(10, TimeUnit.SECONDS)));
            ByteBuffer all = ByteBuffer.allocate(404_109).put(received);
            left.get().forEach(all::put);
            assertThat(all.flip()).isEqualTo(numbers(0, 404_109));
            assertThat(parts)
                    .noneMatch(part -> part.hasRemaining() && !left.join().contains(part));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheSocketDoesNotTakeIsLeftFromTheRightByteOn(boolean onSelector) throws Exception {
        List<ByteBuffer> parts = List.of(numbers(0, 7), numbers(7, LARGE), numbers(LARGE + 7, 9));
        try (Pair pair = new Pair()) {
            List<ByteBuffer> left = write(onSelector, pair.socket, parts).get(10, TimeUnit.SECONDS);
            int taken = LARGE + 16 - remaining(left);
            assertThat(taken).isBetween(1, LARGE);
            assertThat(pair.read(taken)).isEqualTo(numbers(0, taken));
            assertThat(PlainWrite.joined(left)).isEqualTo(numbers(taken, LARGE + 16 - taken));
        }
    }

    @Test
    void aLonePartIsNotCopied() {
        ByteBuffer lone = numbers(0, 5);
        assertThat(PlainWrite.joined(List.of(lone))).isSameAs(lone);
    }

    private static CompletableFuture<List<ByteBuffer>> write(
            boolean onSelector, SocketChannel socket, List<ByteBuffer> parts) {
        CompletableFuture<List<ByteBuffer>> left = new CompletableFuture<>();
        Runnable write = () -> {
            try {
                left.complete(PlainWrite.now(socket, parts));
            } catch (Throwable e) {
                left.completeExceptionally(e);
            }
        };
        Thread thread = onSelector
                ? new SelectorThread("selector", new HeapMemoryManager(), write)
                : new Thread(write, "other");
        thread.start();
        return left;
    }

    private static int remaining(List<ByteBuffer> parts) {
        return parts.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    /** Bytes whose place can be told from them. */
    private static ByteBuffer numbers(int from, int count) {
        ByteBuffer numbers = ByteBuffer.allocate(count);
        for (int at = from; numbers.hasRemaining(); at++) {
            numbers.put((byte) (at ^ at >>> 8 ^ at >>> 16));
        }
        return numbers.flip();
    }

    /** Two ends of a TCP connection, of which the first does not block. */
    private static final class Pair implements AutoCloseable {
        private final ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        final SocketChannel peer = SocketChannel.open(server.getLocalAddress());
        final SocketChannel socket = server.accept();

        Pair() throws IOException {
            socket.configureBlocking(false);
            peer.socket().setSoTimeout(10_000);
        }

        ByteBuffer read(int count) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(count);
            while (bytes.hasRemaining()) {
                int at = peer.socket().getInputStream().read(bytes.array(), bytes.position(), bytes.remaining());
                assertThat(at).isPositive();
                bytes.position(bytes.position() + at);
            }
            return bytes.flip();
        }

        @Override
        public void close() throws IOException {
            peer.close();
            socket.close();
            server.close();
        }
    }
}
