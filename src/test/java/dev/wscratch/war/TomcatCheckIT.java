package dev.wscratch.war;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.check.Checker;
import dev.wscratch.check.Report;
import dev.wscratch.check.Selection;
import dev.wscratch.check.Server;
import dev.wscratch.check.Stage;
import dev.wscratch.check.Summary;
import dev.wscratch.check.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the checker finds in Tomcat, with our endpoint in it. */
@Timeout(300)
class TomcatCheckIT {
    @Test
    void tomcatEchoesEverythingThatIsRight(@TempDir Path base) throws Exception {
        try (TomcatServer tomcat = TomcatServer.start(base, Map.of())) {
            Server target = Server.parse("ws://127.0.0.1:" + tomcat.port() + "/wscratch/echo");
            Report report = new Checker(target, null, Duration.ofSeconds(2)).run(Selection.all(), outcome -> {});
            Path shown = Path.of("target", "check-tomcat.txt");
            Files.write(shown, Summary.lines(report));
            for (Stage stage : List.of(Stage.TEXT, Stage.MASKING, Stage.UTF8)) {
                assertThat(report.count(stage, Verdict.FAIL)).as(stage.label()).isZero();
            }
            assertThat(report.count(Verdict.PASS)).as(shown.toString()).isGreaterThan(200);
        }
    }
}
