package dev.wscratch.peers.netty;

import dev.wscratch.peers.echo.PeerArguments;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;

/** One event loop over the JDK's NIO, and frames handed back as they came, without a String between. */
public final class NettyEcho {
    private NettyEcho() {}

    /**
     * Starts it.
     *
     * @param args see {@link PeerArguments}
     */
    public static void main(String... args) throws IOException, GeneralSecurityException, InterruptedException {
        PeerArguments arguments = PeerArguments.of(args);
        SslContext tls = arguments.tls()
                ? SslContextBuilder.forServer(arguments.keyManagers())
                        .sslProvider(SslProvider.JDK)
                        .build()
                : null;
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(65_536),
                                        new WebSocketServerProtocolHandler(protocol()),
                                        new EchoHandler());
                    }
                })
                .bind(PeerArguments.HOST, arguments.port())
                .sync();
        PeerArguments.ready();
    }

    private static WebSocketServerProtocolConfig protocol() {
        return WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/echo")
                .checkStartsWith(true)
                .maxFramePayloadLength(PeerArguments.MAX_MESSAGE)
                .build();
    }
}
