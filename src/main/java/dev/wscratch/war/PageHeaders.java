package dev.wscratch.war;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Puts the security headers on every HTTP answer of this web application, and lets browsers keep the page's files but
 * ask each time whether they changed: the app server's own file servlet answers that with 304.
 */
@WebFilter(filterName = "pageHeaders", urlPatterns = "/*", asyncSupported = true)
public final class PageHeaders implements Filter {
    /** The policy in the page's own meta element, and who may frame it, which only a header can say. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    /** Called by the app server. */
    public PageHeaders() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // A 101 is the start of a WebSocket, not a page; the app server's upgrade owns its headers.
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && !"websocket".equalsIgnoreCase(asked.getHeader("Upgrade"))) {
            answer.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            answer.setHeader("X-Content-Type-Options", "nosniff");
            answer.setHeader("Referrer-Policy", "no-referrer");
            answer.setHeader("Cache-Control", "no-cache");
        }
        chain.doFilter(request, response);
    }
}
