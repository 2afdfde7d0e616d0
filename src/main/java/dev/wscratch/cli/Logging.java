package dev.wscratch.cli;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Routes all logs through Logback to stderr: ours, and those of Tyrus and Grizzly, which use java.util.logging. */
final class Logging {
    /** Written and read by the main thread. */
    private static boolean started;

    private Logging() {}

    /**
     * Says where the configuration is, and loads nothing. Not "logback.xml" at the root of the jar: that would configure
     * the programs of library users.
     */
    static void configure() {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "dev/wscratch/cli/logback.xml");
        }
    }

    /**
     * To be called before the first line is logged.
     *
     * @param format {@code text} or {@code json}
     * @param level of our own lines; the libraries' are shown from WARN on
     */
    static void start(String format, String level) {
        started = true;
        System.setProperty("wscratch.log.format", format);
        System.setProperty("wscratch.log.level", level);
        LogManager.getLogManager().reset();
        // Below it nothing is worth the way over the bridge.
        Logger.getLogger("").setLevel(Level.WARNING);
        SLF4JBridgeHandler.install();
    }

    static boolean isStarted() {
        return started;
    }
}
