package dev.wscratch.war;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The page at the context root.
 *
 * <p>A welcome file would do, but Tomcat rewrites the root to the welcome file before its WebSocket filter looks at the
 * request, so that an upgrade at the root would get the page instead of the endpoint at {@code /}. The empty pattern
 * matches the context root and nothing else (Servlet 6.0 section 12.2), and leaves the path as it is.
 */
@WebServlet(name = "page", urlPatterns = "")
public final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Called by the app server. */
    public PageServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String uri = request.getRequestURI();
        if (uri.endsWith("/")) {
            request.getRequestDispatcher("/index.html").forward(request, response);
            return;
        }
        // Below "/wscratch" without its slash, the page's relative addresses would lead out of the application.
        String query = request.getQueryString();
        response.sendRedirect(request.getContextPath() + "/" + (query == null ? "" : "?" + query));
    }
}
