package dev.wscratch.peers.tomcat;

import dev.wscratch.peers.echo.EchoEndpoint;
import dev.wscratch.peers.echo.PeerArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.websocket.server.WsSci;

/** Threads are as Tomcat has them by default: one poller, and a pool of up to 200 that reads and calls the endpoint. */
public final class TomcatEcho {
    private TomcatEcho() {}

    /**
     * Starts it.
     *
     * @param args see {@link PeerArguments}
     */
    public static void main(String... args) throws IOException, LifecycleException {
        PeerArguments arguments = PeerArguments.of(args);
        Path base = Files.createTempDirectory("peer-tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setConnector(connector(arguments));
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet")
                .addMapping("/");
        context.addServletContainerInitializer(new WsSci(), Set.of(EchoEndpoint.class));
        tomcat.start();
        PeerArguments.ready();
        tomcat.getServer().await();
    }

    private static Connector connector(PeerArguments arguments) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setProperty("address", PeerArguments.HOST);
        connector.setPort(arguments.port());
        // The default of 8,192 connections is less than the idle ones that are counted.
        connector.setProperty("maxConnections", "20000");
        if (arguments.tls()) {
            SSLHostConfig host = new SSLHostConfig();
            SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
            certificate.setCertificateKeystoreFile(arguments.keyStore());
            certificate.setCertificateKeystoreType("PKCS12");
            certificate.setCertificateKeystorePassword(arguments.password());
            host.addCertificate(certificate);
            connector.addSslHostConfig(host);
            connector.setSecure(true);
            connector.setScheme("https");
            connector.setProperty("SSLEnabled", "true");
        }
        return connector;
    }
}
