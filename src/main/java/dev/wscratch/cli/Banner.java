package dev.wscratch.cli;

import dev.wscratch.server.WscratchServer;
import dev.wscratch.transport.TlsSettings;
import dev.wscratch.transport.TlsSettings.SelfSigned;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What people read once the server answers: where it is, and what to try. Commands work as they are printed.
 *
 * @param settings what was asked for
 * @param server that answers
 * @param home the user's folder, which a shell writes as a tilde; empty if it is not known
 */
record Banner(ServeSettings settings, WscratchServer server, String home) {
    /** What a shell leaves alone. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+,:@%-]+");

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        String host = shown(settings.host());
        if (server.port() >= 0) {
            lines.add("  page  http://" + host + ":" + server.port());
            lines.add("  echo  ws://" + host + ":" + server.port() + "/echo");
            lines.add("  talk  ws://" + host + ":" + server.port() + "/talk");
        }
        String secure = host + ":" + server.tlsPort();
        if (server.tlsPort() >= 0) {
            lines.add("  page  https://" + secure);
            lines.add("  echo  wss://" + secure + "/echo");
            lines.add("  talk  wss://" + secure + "/talk");
        }
        if (settings.managementPort() >= 0) {
            lines.add("  ops   http://" + host + ":" + server.managementPort() + "/health"
                    + (settings.metrics() ? " and /metrics" : ""));
        }
        if (server.port() >= 0) {
            lines.add("  try:  wscratch connect " + (host.equals("localhost") ? "" : host) + ":" + server.port()
                    + "/echo");
        }
        TlsSettings tls = settings.tls();
        if (tls != null && tls.identity() instanceof SelfSigned development) {
            lines.addAll(trust(host, secure, shown(development.certificate())));
        } else if (server.port() < 0) {
            lines.add("  try:  wscratch connect wss://" + secure + "/echo");
        }
        lines.add("  Ctrl-C to stop");
        return lines;
    }

    private static List<String> trust(String host, String secure, String certificate) {
        if (!host.equals("localhost")) {
            return List.of(
                    "  The certificate is for localhost only: by the name " + host + " clients refuse it,",
                    "  also those that trust " + certificate);
        }
        return List.of(
                "  The certificate is of our own making, for localhost only. To trust it:",
                "  curl --cacert " + certificate + " https://" + secure + "/health",
                "  wscratch connect wss://" + secure + "/echo \\",
                "    --cacert " + certificate,
                "  NODE_EXTRA_CA_CERTS=" + certificate + " node client.mjs",
                "  A browser warns once, then remembers; or import the file: README, section TLS");
    }

    /** What to type to reach an address: all of this machine's, and loopback, are localhost. */
    static String shown(String host) {
        return switch (host) {
            case "127.0.0.1", "::1", "0.0.0.0", "::", "localhost" -> "localhost";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }

    /** As a word for a shell, and short. */
    private String shown(Path file) {
        String path = file.toString();
        String start = home + file.getFileSystem().getSeparator();
        if (!home.isEmpty() && path.startsWith(start)) {
            String rest = path.substring(start.length());
            if (PLAIN.matcher(rest).matches()) {
                return "~/" + rest;
            }
        }
        return PLAIN.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
