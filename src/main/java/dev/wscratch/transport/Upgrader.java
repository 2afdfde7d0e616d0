package dev.wscratch.transport;

import dev.wscratch.transport.HttpResponse.Header;
import dev.wscratch.wire.HeaderField;
import dev.wscratch.wire.RequestHead;
import dev.wscratch.wire.Subprotocols;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.Utils;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeStatus;
import org.jspecify.annotations.Nullable;

/** Brings a judged opening handshake to Tyrus, which finds the endpoint and asks its configurator. */
final class Upgrader {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    /** What became of a handshake. */
    sealed interface Result {}

    /**
     * The endpoint takes it: these are the bytes of the 101, and Tyrus's half of the connection. {@code compression} is
     * to be closed with the connection; null when none was agreed on.
     */
    record Accepted(ByteBuffer response, UpgradeInfo upgrade, @Nullable Compression compression) implements Result {}

    /** No. {@code why} is one word for log and metrics. */
    record Refused(HttpResponse answer, String why) implements Result {}

    private final WebSocketEngine engine;
    private final DeflateBudget deflate;
    private final int maxMessage;

    Upgrader(WebSocketEngine engine, DeflateBudget deflate, int maxMessage) {
        this.engine = engine;
        this.deflate = deflate;
        this.maxMessage = maxMessage;
    }

    Result upgrade(RequestHead head, TrustedProxies.Client client, InetSocketAddress local) {
        try (CompressionOffer offer = new CompressionOffer(head, deflate)) {
            return upgrade(head, client, local, offer);
        }
    }

    private Result upgrade(
            RequestHead head, TrustedProxies.Client client, InetSocketAddress local, CompressionOffer offer) {
        RequestContext request;
        try {
            request = request(head, client, local);
            offer.showTo(request);
        } catch (IllegalArgumentException e) {
            return new Refused(HttpResponse.text(400, "bad target: expected a path such as /echo"), "BAD_TARGET");
        }
        UpgradeResponse response = new TyrusUpgradeResponse();
        UpgradeInfo upgrade;
        try {
            upgrade = engine.upgrade(request, response);
        } catch (RuntimeException e) {
            // A configurator of the application's threw. The peer never sees internals.
            LOG.log(Level.WARNING, "a handshake failed in the endpoint's configurator", e);
            return new Refused(HttpResponse.text(500, "internal error"), "CONFIGURATOR_FAILED");
        }
        return judge(upgrade, response, offer);
    }

    private Result judge(UpgradeInfo upgrade, UpgradeResponse response, CompressionOffer offer) {
        if (upgrade.getStatus() == UpgradeStatus.NOT_APPLICABLE) {
            return new Refused(HttpResponse.text(404, "no endpoint at this path"), "NO_ENDPOINT");
        }
        try {
            List<Header> headers = headers(response);
            // Tyrus would open a session for a 401 or a redirect that a configurator asked for.
            if (upgrade.getStatus() == UpgradeStatus.SUCCESS && response.getStatus() == 101) {
                ByteBuffer answer = serialise101(offer.answer(headers));
                return new Accepted(answer, upgrade, offer.take(maxMessage));
            }
            int status = response.getStatus() == 101 ? 500 : response.getStatus();
            HttpResponse answer = HttpResponse.text(status, "refused by the endpoint");
            for (Header header : headers) {
                if (!isHandshakeHeader(header.name())) {
                    answer = answer.with(header.name(), header.value());
                }
            }
            return new Refused(answer, "ENDPOINT_REFUSED");
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "a configurator set a response header or status that cannot be sent", e);
            return new Refused(HttpResponse.text(500, "internal error"), "CONFIGURATOR_FAILED");
        }
    }

    private static boolean isHandshakeHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("upgrade")
                || lower.equals("connection")
                || lower.equals("sec-websocket-accept")
                || lower.equals("content-length")
                || lower.equals("transfer-encoding");
    }

    private static List<Header> headers(UpgradeResponse response) {
        List<Header> headers = new ArrayList<>();
        for (Map.Entry<String, List<String>> field : response.getHeaders().entrySet()) {
            headers.add(new Header(field.getKey(), Utils.getHeaderFromList(field.getValue())));
        }
        return headers;
    }

    private static ByteBuffer serialise101(List<Header> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        for (Header header : headers) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static RequestContext request(RequestHead head, TrustedProxies.Client client, InetSocketAddress local) {
        String query = head.query() == null ? "" : head.query();
        RequestContext request = RequestContext.Builder.create()
                .requestURI(URI.create(head.path()))
                .queryString(query)
                .parameterMap(parameters(query))
                .secure(client.secure())
                .remoteAddr(client.address().getHostAddress())
                .serverAddr(local.getAddress().getHostAddress())
                .serverPort(local.getPort())
                .build();
        for (HeaderField field : head.headers().all()) {
            // Tyrus's tracing is off; left in, these headers could still make it log a stack trace.
            if (!field.name().regionMatches(true, 0, "X-Tyrus-", 0, 8)) {
                request.getHeaders()
                        .computeIfAbsent(field.name(), name -> new ArrayList<>())
                        .addAll(values(field));
            }
        }
        return request;
    }

    /** Tyrus's own reading of a list stumbles over an empty element, which RFC 9110 section 5.6.1.2 allows. */
    private static List<String> values(HeaderField field) {
        return field.name().equalsIgnoreCase("Sec-WebSocket-Protocol")
                ? Subprotocols.parse(List.of(field.value())).orElse(List.of())
                : Utils.parseHeaderValue(field.value());
    }

    /** Decodes a query; the names and values of a form (WHATWG URL, application/x-www-form-urlencoded). */
    private static Map<String, String[]> parameters(String query) {
        if (query.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
        }
        Map<String, String[]> parameters = new LinkedHashMap<>();
        values.forEach((name, all) -> parameters.put(name, all.toArray(String[]::new)));
        return parameters;
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
