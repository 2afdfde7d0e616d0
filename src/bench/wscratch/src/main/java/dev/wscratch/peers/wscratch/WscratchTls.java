package dev.wscratch.peers.wscratch;

import dev.wscratch.peers.echo.PeerArguments;
import dev.wscratch.server.WscratchServer;
import dev.wscratch.transport.Limits;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TlsSettings.ClientCertificates;
import dev.wscratch.transport.TlsSettings.Pkcs12;
import java.io.IOException;
import java.nio.file.Path;

/**
 * As {@code wscratch serve} sets it up, all bounds at their defaults, but with TLS. {@code WSCRATCH_MAX_MESSAGE} holds
 * here too, in bytes.
 */
public final class WscratchTls {
    private WscratchTls() {}

    /**
     * Starts it.
     *
     * @param args see {@link PeerArguments}
     */
    public static void main(String... args) throws IOException {
        PeerArguments arguments = PeerArguments.of(args);
        Pkcs12 identity = new Pkcs12(Path.of(arguments.keyStore()), arguments.password());
        int maxMessage = Integer.parseInt(
                System.getenv().getOrDefault("WSCRATCH_MAX_MESSAGE", Integer.toString(Limits.DEFAULT.maxMessage())));
        WscratchServer server = WscratchServer.builder()
                .maxMessage(maxMessage)
                .tls(new TlsSettings(arguments.port(), identity, ClientCertificates.NONE))
                .withoutPlain()
                .metrics(true)
                .faults(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        PeerArguments.ready();
    }
}
