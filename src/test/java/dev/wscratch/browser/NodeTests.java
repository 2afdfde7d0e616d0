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

/** Tests of the page's modules that need no browser, by Node's own test runner. */
final class NodeTests {
    private NodeTests() {}

    /** Runs all of {@code tests} in {@code folder}, which is empty before, beside a copy of the page. */
    static void run(Path tests, Path folder) throws Exception {
        Path node = Requires.program("NODE", "node");
        copy(Path.of("webapp"), folder.resolve("webapp"));
        copy(tests, folder);
        // What the build makes of the sentences in room wire.
        Files.copy(Path.of("target/classes/dev/wscratch/webapp/words.json"), folder.resolve("webapp/words.json"));
        // Without it, Node takes the page's modules for CommonJS.
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
        ProcessBuilder command = new ProcessBuilder(node.toString(), "--test", "--test-reporter=tap");
        try (Program program = Program.start(command.directory(folder.toFile()))) {
            int exitCode = program.exitCode(60);
            assertThat(exitCode).as(String.join("\n", program.out())).isZero();
            program.await("# pass [1-9]\\d*");
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
