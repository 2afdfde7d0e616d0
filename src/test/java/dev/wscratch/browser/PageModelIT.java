package dev.wscratch.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page knows of its connections, and how it tells it: Node's own test runner, without a browser. */
@Timeout(120)
class PageModelIT {
    @Test
    void theModelOfThePageKeepsItsWord(@TempDir Path folder) throws Exception {
        NodeTests.run(Path.of("src/test/node/page"), folder);
    }
}
