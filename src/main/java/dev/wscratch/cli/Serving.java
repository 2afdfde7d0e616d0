package dev.wscratch.cli;

import dev.wscratch.server.WscratchServer;
import dev.wscratch.transport.KeyMaterialException;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.wire.PeerText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs a server until a signal ends the JVM. */
final class Serving {
    private Serving() {}

    static ExitCode run(ServeSettings settings, Environment environment, Streams streams) throws InterruptedException {
        Logging.start(settings.logFormat(), settings.logLevel());
        WscratchServer server;
        try {
            server = settings.server().start();
        } catch (BindException e) {
            streams.say(taken(settings, e));
            return ExitCode.CANNOT_CONNECT;
        } catch (KeyMaterialException e) {
            streams.say("wscratch: " + Printable.of(String.valueOf(e.getMessage())));
            return ExitCode.CANNOT_CONNECT;
        } catch (IOException e) {
            streams.say(
                    "wscratch: cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage());
            return ExitCode.CANNOT_CONNECT;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "wscratch-shutdown"));
        ready(settings, server, environment, streams);
        // Until a signal: the hook closes the server, and the JVM ends with the signal's code.
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private static String taken(ServeSettings settings, BindException e) {
        String message = String.valueOf(e.getMessage());
        int port = settings.port();
        String option = "--port";
        if (message.startsWith(WscratchServer.MANAGEMENT_PORT)) {
            port = settings.managementPort();
            option = "--management-port";
        } else if (message.startsWith(TlsSettings.PORT_TAKEN) && settings.tls() != null) {
            port = settings.tls().port();
            option = "--tls-port";
        }
        if (!message.toLowerCase(Locale.ROOT).contains("in use")) {
            return "wscratch: cannot listen on " + settings.host() + ":" + port + ": " + message
                    + ". Try: wscratch serve --host 127.0.0.1 " + option + " 0";
        }
        String owner = PortOwner.of(port).map(found -> " (" + found + ")").orElse("");
        return "wscratch: port " + port + " is in use" + owner + ". Try: wscratch serve " + option + " 0";
    }

    /** Words for people, or the same as an event for who reads one JSON object a line. */
    private static void ready(ServeSettings settings, WscratchServer server, Environment environment, Streams streams) {
        if (settings.logFormat().equals("json")) {
            System.getLogger("dev.wscratch.cli")
                    .log(
                            System.Logger.Level.INFO,
                            () -> "ready host=\"" + PeerText.escape(settings.host(), 255) + "\" port=" + server.port()
                                    + " tls_port=" + server.tlsPort()
                                    + " management_port=" + server.managementPort() + " version=\"" + Version.text()
                                    + "\"");
        } else {
            long started = ManagementFactory.getRuntimeMXBean().getStartTime();
            double seconds = (System.currentTimeMillis() - started) / 1000.0;
            streams.say(String.format(Locale.ROOT, "wscratch %s ready in %.1f s", Version.text(), seconds));
            String home = environment.first("HOME").map(Value::text).orElse("");
            new Banner(settings, server, home).lines().forEach(streams::say);
        }
    }
}
