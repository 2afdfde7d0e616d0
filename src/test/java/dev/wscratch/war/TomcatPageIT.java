package dev.wscratch.war;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The page from the WAR on Tomcat. */
class TomcatPageIT extends WarPageContract {
    @Override
    AppServer start(Path base, Map<String, Map<String, String>> contexts) throws IOException {
        return TomcatServer.start(base, contexts);
    }
}
