package dev.wscratch.war;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The typed messages of the WAR on Tomcat. */
class TomcatTalkIT extends WarTalkContract {
    @Override
    AppServer start(Path base, Map<String, Map<String, String>> contexts) throws IOException {
        return TomcatServer.start(base, contexts);
    }
}
