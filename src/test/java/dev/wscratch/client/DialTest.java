package dev.wscratch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.ScriptedServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOConnectorHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server listens on 127.0.0.1 alone, so that its port on 127.0.0.2 and 127.0.0.3 is nobody's. */
@Timeout(30)
class DialTest {
    private static CompletableFuture<String> dial(boolean unwanted, InetSocketAddress... remotes) throws Exception {
        CompletableFuture<String> connected = new CompletableFuture<>();
        BaseFilter last = new BaseFilter() {
            @Override
            public NextAction handleConnect(FilterChainContext context) {
                connected.complete("" + context.getConnection().getPeerAddress());
                context.getConnection().closeSilently();
                return context.getStopAction();
            }
        };
        TCPNIOConnectorHandler connector = TCPNIOConnectorHandler.builder(SharedTransport.transport())
                .processor(FilterChainBuilder.stateless()
                        .add(new TransportFilter())
                        .add(last)
                        .build())
                .build();
        new Dial(connector, List.of(remotes).iterator(), () -> unwanted, connected::completeExceptionally).next();
        return connected;
    }

    /** 127.0.0.{@code last}. */
    private static InetSocketAddress loopback(int last, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
    }

    @Test
    void whereTheFirstAddressRefusesTheNextOneIsTried() throws Exception {
        try (ScriptedServer peer =
                ScriptedServer.start(c -> assertThat(c.ended()).isTrue())) {
            InetSocketAddress nobody = loopback(2, peer.port());
            InetSocketAddress right = loopback(1, peer.port());
            assertThat(dial(false, nobody, right).get(10, TimeUnit.SECONDS)).endsWith("127.0.0.1:" + peer.port());
        }
    }

    @Test
    void whereNoAddressCanBeReachedTheLastOnesFailureIsTold() throws Exception {
        InetSocketAddress first = loopback(2, 1);
        InetSocketAddress second = loopback(3, 1);
        CompletableFuture<String> connected = dial(false, first, second);
        assertThatThrownBy(() -> connected.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(java.net.ConnectException.class);
    }

    @Test
    void noOtherAddressIsTriedOnceNobodyWaits() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress nobody = loopback(2, listening.getLocalPort());
            InetSocketAddress right = loopback(1, listening.getLocalPort());
            CompletableFuture<String> connected = dial(true, nobody, right);
            assertThatThrownBy(() -> connected.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(java.net.ConnectException.class);
        }
    }
}
