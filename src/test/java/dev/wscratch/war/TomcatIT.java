package dev.wscratch.war;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The WAR on Tomcat. */
class TomcatIT extends WarContract {
    TomcatIT() {
        super(new Facts("ETag", "If-None-Match", 1001));
    }

    @Override
    AppServer start(Path base, Map<String, Map<String, String>> contexts) throws IOException {
        return TomcatServer.start(base, contexts);
    }
}
