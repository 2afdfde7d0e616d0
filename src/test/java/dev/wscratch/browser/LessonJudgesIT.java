package dev.wscratch.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page judges and says, of lessons, frames and ends: Node's own test runner, without a browser. */
@Timeout(120)
class LessonJudgesIT {
    @Test
    void theJudgesAndTheCourseKeepTheirWord(@TempDir Path folder) throws Exception {
        NodeTests.run(Path.of("src/test/node/lessons"), folder);
    }
}
