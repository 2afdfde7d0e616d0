package dev.wscratch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Tools of the machine that some tests need. A test whose tool is missing is skipped with a reason, except where the
 * environment has {@code CI=true}: there it fails. This is the one place where tests are skipped.
 */
public final class Requires {
    private Requires() {}

    /**
     * The path of a program.
     *
     * @param variable environment variable that holds its path, where it is not on the {@code PATH}
     * @param names what it may be called on the {@code PATH}, the preferred one first
     */
    public static Path program(String variable, String... names) {
        return find(variable, names)
                .orElseThrow(() -> missing(names[0] + " is missing: expected it on the PATH as "
                        + String.join(" or ", names) + ", or its path in the environment as " + variable));
    }

    private static Optional<Path> find(String variable, String... names) {
        String configured = System.getenv(variable);
        Stream<Path> candidates = configured != null
                ? Stream.of(Path.of(configured))
                : Arrays.stream(names).flatMap(name -> Arrays.stream(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    private static RuntimeException missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        Assumptions.abort(reason);
        throw new AssertionError("unreachable: abort throws");
    }
}
