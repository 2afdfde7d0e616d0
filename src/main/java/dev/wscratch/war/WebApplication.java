package dev.wscratch.war;

import dev.wscratch.endpoint.Deployment;
import dev.wscratch.inspect.About;
import dev.wscratch.inspect.Labs;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Gives the endpoints of this web application what they share. The app server finds the endpoint classes by itself and
 * may build their configurators before it calls this listener; they ask for the deployment at each connect.
 */
@WebListener
public final class WebApplication implements ServletContextListener {
    private static final Logger LOG = System.getLogger("dev.wscratch.war");

    /** Called by the app server. */
    public WebApplication() {}

    /**
     * Reads the settings; a wrong one fails the deployment.
     *
     * @throws IllegalArgumentException when a setting is wrong; the message says which
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        WarSettings settings = WarSettings.read(context::getInitParameter, System::getenv);
        // No taps below us: the page is told so, and what it can ask of its sessions works.
        Labs labs = settings.inspector() ? new Labs(About.ofApplication(settings.maxMessage())) : null;
        Deployment.setWebApplication(
                new Deployment(settings.maxMessage(), Deployment.Sends.BY_ENDPOINT, labs, Deployment.Clients.UNKNOWN));
        LOG.log(
                Level.INFO,
                "ready path={0}/ max_message={1}",
                context.getContextPath(),
                Integer.toString(settings.maxMessage()));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Deployment.clearWebApplication();
    }
}
