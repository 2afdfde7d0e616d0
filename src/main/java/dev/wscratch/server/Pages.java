package dev.wscratch.server;

import dev.wscratch.transport.HttpHandler;
import dev.wscratch.transport.HttpResponse;
import dev.wscratch.transport.HttpResponse.Header;
import dev.wscratch.wire.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page and its assets, from the class path.
 *
 * <p>A request path is either spelled like one of our files or it is nothing: there is no decoding and no normalising
 * that could lead out of the folder. Each file is read once and kept. Safe for use by many threads.
 */
final class Pages implements HttpHandler {
    private static final String FOLDER = "/dev/wscratch/webapp";

    /** Names with letters, digits, dot, dash and underscore that do not begin with a dot. */
    private static final Pattern FILE = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*){1,8}");

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "txt", "text/plain; charset=utf-8");

    /** Sent with every file; the page needs no inline script or style and nothing from elsewhere. */
    private static final List<Header> SECURITY = List.of(
            new Header(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                            + " connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("Referrer-Policy", "no-referrer"));

    private record Asset(ByteBuffer bytes, String contentType, String etag) {}

    private final Set<String> endpointPaths;
    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param endpointPaths where a plain request is told to come with a WebSocket client
     * @param inspector whether there is one; the page reads that from {@code /server.json} before it tries
     */
    Pages(Set<String> endpointPaths, boolean inspector) {
        this.endpointPaths = endpointPaths;
        if (!inspector) {
            // The file itself is that of servers with an inspector, an app server among them.
            byte[] without = "{\"inspector\": false}\n".getBytes(StandardCharsets.UTF_8);
            assets.put("/server.json", asset(without, "application/json"));
        }
    }

    @Override
    public HttpResponse handle(RequestHead request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpResponse.text(405, "method not allowed: use GET or HEAD").with("Allow", "GET, HEAD");
        }
        String path = request.path();
        Asset asset = find(path.equals("/") ? "/index.html" : path);
        if (asset != null) {
            return answer(asset, request);
        }
        if (endpointPaths.contains(path)) {
            return HttpResponse.text(426, path + " speaks WebSocket: open it with a WebSocket client")
                    .with("Upgrade", "websocket");
        }
        return HttpResponse.text(404, "not found");
    }

    private static HttpResponse answer(Asset asset, RequestHead request) {
        boolean same = request.headers().values("If-None-Match").stream().anyMatch(value -> matches(value, asset.etag));
        HttpResponse response = new HttpResponse(same ? 304 : 200, SECURITY, asset.bytes)
                .with("ETag", asset.etag)
                // Asked again each time, answered by 304: a new version of the server shows its new page at once.
                .with("Cache-Control", "no-cache");
        return same ? response : response.with("Content-Type", asset.contentType);
    }

    private static boolean matches(String ifNoneMatch, String etag) {
        for (String candidate : ifNoneMatch.split(",", 32)) {
            String tag = candidate.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Asset find(String path) {
        Asset known = assets.get(path);
        if (known != null) {
            return known;
        }
        // Only what exists is kept, so that requests cannot fill the map.
        String contentType = FILE.matcher(path).matches() ? CONTENT_TYPES.get(extension(path)) : null;
        Asset read = contentType == null ? null : read(path, contentType);
        if (read != null) {
            assets.put(path, read);
        }
        return read;
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static @Nullable Asset read(String path, String contentType) {
        try (InputStream in = Pages.class.getResourceAsStream(FOLDER + path)) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            return asset(bytes, contentType);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page's file " + path, e);
        }
    }

    private static Asset asset(byte[] bytes, String contentType) {
        return new Asset(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), contentType, etag(bytes));
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
