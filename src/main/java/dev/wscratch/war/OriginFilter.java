package dev.wscratch.war;

import dev.wscratch.inspect.Labs;
import dev.wscratch.wire.OriginPolicy;
import dev.wscratch.wire.PeerText;
import dev.wscratch.wire.Refusal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Refuses handshakes from pages of other origins (RFC 6455 section 10.2), as the standalone server's gate does and by the
 * same {@link OriginPolicy}. An annotated filter runs before one that the app server's WebSocket container has put behind
 * the declared ones, so that no endpoint hears of a refused handshake.
 *
 * <p>The Host check of a server on loopback is for those who list the names of theirs: an app server on loopback is as a
 * rule behind a proxy on the same machine, under names that only its administrator knows. With {@code WSCRATCH_HOSTS} set,
 * any other Host than those, localhost or a loopback address is refused, for the page too. On a developer's machine it
 * keeps out pages whose name was made to resolve to 127.0.0.1 (DNS rebinding).
 */
@WebFilter(filterName = "origin", urlPatterns = "/*", asyncSupported = true)
public final class OriginFilter implements Filter {
    private static final Logger LOG = System.getLogger("dev.wscratch.war");

    /** Set by {@link #init} before the first request. */
    private OriginPolicy policy = OriginPolicy.SAME_ORIGIN;

    /** Set by {@link #init} before the first request. */
    private boolean judgesHost;

    /** Set by {@link #init} before the first request. */
    private boolean inspector;

    /** Called by the app server. */
    public OriginFilter() {}

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException when one is wrong; the listener has then failed the deployment before
     */
    @Override
    public void init(FilterConfig config) {
        ServletContext context = config.getServletContext();
        WarSettings settings = WarSettings.read(context::getInitParameter, System::getenv);
        policy = settings.originPolicy();
        judgesHost = !settings.hosts().isEmpty();
        inspector = settings.inspector();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            Optional<Refusal> refusal = judge(asked);
            if (refusal.isPresent()) {
                refuse(asked, answer, refusal.get());
                return;
            }
            if (!inspector && isHandshake(asked) && path(asked).equals(Labs.PATH)) {
                answer(answer, 404, "Expected an endpoint of this server, got " + Labs.PATH + ", which is off here.\n");
                return;
            }
            if (!inspector && path(asked).equals("/server.json")) {
                // The file of that name says that there is one; the page reads it before it tries.
                answer.setContentType("application/json");
                answer.getOutputStream().write("{\"inspector\": false}\n".getBytes(StandardCharsets.UTF_8));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Optional<Refusal> judge(HttpServletRequest request) {
        // A page may load from anywhere, so Origin is for handshakes.
        List<String> origins = isHandshake(request) ? Collections.list(request.getHeaders("Origin")) : List.of();
        return policy.judge(origins, request.getHeader("Host"), request.isSecure(), judgesHost);
    }

    /** Those of HTTP/2 are CONNECTs (RFC 8441). */
    private static boolean isHandshake(HttpServletRequest request) {
        return request.getHeader("Upgrade") != null || request.getMethod().equals("CONNECT");
    }

    /** Within the web application, decoded. */
    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return request.getServletPath() + (rest == null ? "" : rest);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws IOException {
        // Not louder: the app server's access log has each 403, and a flood of them must not fill a second one.
        LOG.log(
                Level.DEBUG,
                () -> "refuse remote=" + request.getRemoteAddr() + " status=" + refusal.status() + " why=\""
                        + PeerText.escape(refusal.rule().name(), 200) + "\"");
        answer(response, refusal.status(), refusal.text());
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        // Clients wait for the end of a refusal, which only these two announce.
        response.setContentLength(body.length);
        response.setHeader("Connection", "close");
        response.getOutputStream().write(body);
    }
}
