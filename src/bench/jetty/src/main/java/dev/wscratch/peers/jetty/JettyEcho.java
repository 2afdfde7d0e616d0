package dev.wscratch.peers.jetty;

import dev.wscratch.peers.echo.EchoEndpoint;
import dev.wscratch.peers.echo.PeerArguments;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Threads are as Jetty has them by default: a pool of up to 200 that selects, reads and calls the endpoint in turn. */
public final class JettyEcho {
    private JettyEcho() {}

    /**
     * Starts it.
     *
     * @param args see {@link PeerArguments}
     */
    public static void main(String... args) throws Exception {
        PeerArguments arguments = PeerArguments.of(args);
        Server server = new Server();
        ServerConnector connector = connector(server, arguments);
        connector.setHost(PeerArguments.HOST);
        connector.setPort(arguments.port());
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        server.setHandler(context);
        JakartaWebSocketServletContainerInitializer.configure(context, (servletContext, container) -> {
            // Idle connections are counted, not closed after the default of 30 s.
            container.setDefaultMaxSessionIdleTimeout(0);
            container.addEndpoint(EchoEndpoint.class);
        });
        server.start();
        PeerArguments.ready();
        server.join();
    }

    private static ServerConnector connector(Server server, PeerArguments arguments) {
        HttpConfiguration http = new HttpConfiguration();
        if (!arguments.tls()) {
            return new ServerConnector(server, new HttpConnectionFactory(http));
        }
        // The host is an address, which no SNI can name.
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(arguments.keyStore());
        tls.setKeyStoreType("PKCS12");
        tls.setKeyStorePassword(arguments.password());
        return new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
    }
}
