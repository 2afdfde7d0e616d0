package dev.wscratch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page judges and says, of lessons, frames and ends: Node's own test runner, without a browser. */
@Timeout(120)
class LessonJudgesIT {
    @Test
    void theJudgesAndTheCourseKeepTheirWord(@TempDir Path folder) throws Exception {
        Path node = Requires.program("NODE", "node");
        copy(Path.of("webapp"), folder.resolve("webapp"));
        copy(Path.of("src/test/node/lessons"), folder);
        Files.copy(Path.of("target/classes/dev/wscratch/webapp/words.json"), folder.resolve("webapp/words.json"));
        // Without it, Node takes the page's modules for CommonJS.
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
        ProcessBuilder command = new ProcessBuilder(node.toString(), "--test", "--test-reporter=tap");
        try (Program tests = Program.start(command.directory(folder.toFile()))) {
            int exitCode = tests.exitCode(60);
            assertThat(exitCode).as(String.join("\n", tests.out())).isZero();
            tests.await("# pass [1-9]\\d+");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
