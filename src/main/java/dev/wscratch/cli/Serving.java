package dev.wscratch.cli;

import dev.wscratch.server.WscratchServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs a server until a signal ends the JVM. */
final class Serving {
    /** More would not fit a Java array with what surrounds it. */
    static final int LARGEST_MESSAGE = 1 << 30;

    /**
     * What {@code serve} was asked for, checked.
     *
     * @param host an address or name of this machine
     * @param port 0 for any
     * @param maxMessage in bytes
     * @param logLevel of our own lines
     */
    record Settings(String host, int port, int maxMessage, String logLevel) {}

    private Serving() {}

    static ExitCode run(Settings settings, Streams streams) throws InterruptedException {
        Logging.start(settings.logLevel());
        WscratchServer server;
        try {
            server = WscratchServer.builder()
                    .host(settings.host())
                    .port(settings.port())
                    .maxMessage(settings.maxMessage())
                    .start();
        } catch (BindException e) {
            streams.say(taken(settings, e));
            return ExitCode.CANNOT_CONNECT;
        } catch (IOException e) {
            streams.say(
                    "wscratch: cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage());
            return ExitCode.CANNOT_CONNECT;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "wscratch-shutdown"));
        banner(settings, server.port(), streams);
        // Until a signal: the hook closes the server, and the JVM ends with the signal's code.
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private static String taken(Settings settings, BindException e) {
        if (!String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("in use")) {
            return "wscratch: cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage()
                    + ". Try: wscratch serve --host 127.0.0.1 --port 0";
        }
        String owner =
                PortOwner.of(settings.port()).map(found -> " (" + found + ")").orElse("");
        return "wscratch: port " + settings.port() + " is in use" + owner + ". Try: wscratch serve --port 0";
    }

    private static void banner(Settings settings, int port, Streams streams) {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        double seconds = (System.currentTimeMillis() - started) / 1000.0;
        String host = shown(settings.host());
        streams.say(String.format(Locale.ROOT, "wscratch %s ready in %.1f s", Version.text(), seconds));
        streams.say("  page  http://" + host + ":" + port);
        streams.say("  echo  ws://" + host + ":" + port + "/echo");
        streams.say("  try:  wscratch connect " + (host.equals("localhost") ? "" : host) + ":" + port + "/echo");
        streams.say("  Ctrl-C to stop");
    }

    /** What to type to reach an address: all of this machine's, and loopback, are localhost. */
    private static String shown(String host) {
        return switch (host) {
            case "127.0.0.1", "::1", "0.0.0.0", "::", "localhost" -> "localhost";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }
}
