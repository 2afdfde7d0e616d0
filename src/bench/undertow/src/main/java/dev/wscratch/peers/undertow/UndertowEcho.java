package dev.wscratch.peers.undertow;

import dev.wscratch.peers.echo.EchoEndpoint;
import dev.wscratch.peers.echo.PeerArguments;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.GeneralSecurityException;

/** One I/O thread, which calls the endpoint too, as is the default of its Jakarta endpoints. */
public final class UndertowEcho {
    private UndertowEcho() {}

    /**
     * Starts it.
     *
     * @param args see {@link PeerArguments}
     */
    public static void main(String... args) throws IOException, GeneralSecurityException, ServletException {
        PeerArguments arguments = PeerArguments.of(args);
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(UndertowEcho.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("echo")
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo().addEndpoint(EchoEndpoint.class));
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        Undertow.Builder builder = Undertow.builder().setIoThreads(1).setHandler(manager.start());
        if (arguments.tls()) {
            builder.addHttpsListener(arguments.port(), PeerArguments.HOST, arguments.sslContext());
        } else {
            builder.addHttpListener(arguments.port(), PeerArguments.HOST);
        }
        builder.build().start();
        PeerArguments.ready();
    }
}
