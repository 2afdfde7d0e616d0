package dev.wscratch.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A folder below {@code target} with Node's {@code ws} package, in the pinned version, and programs of ours that use it. */
public final class NodeFolder {
    private final Path node;
    private final Path folder;

    private NodeFolder(Path node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /**
     * Installs the package; from npm's cache, once it was there.
     *
     * @param name of the folder; two tests that run at once have two
     * @param programs of {@code src/test/node}
     */
    public static NodeFolder install(String name, String... programs) throws Exception {
        NodeFolder folder = new NodeFolder(Requires.program("NODE", "node"), Path.of("target", name));
        Path npm = Requires.program("NPM", "npm");
        Path sources = Path.of("src", "test", "node");
        folder.copy(sources, "package.json");
        folder.copy(sources, "package-lock.json");
        for (String program : programs) {
            folder.copy(sources, program);
        }
        ProcessBuilder install = new ProcessBuilder(
                npm.toString(), "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");
        try (Program program = Program.start(install.directory(folder.folder.toFile()))) {
            assertThat(program.exitCode(120)).as("npm ci: " + program.err()).isZero();
        }
        return folder;
    }

    /** Copies a file, at the same path in the folder. */
    public void copy(Path from, String file) throws Exception {
        Path to = folder.resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(from.resolve(file), to, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Node with a program of the folder and its arguments, to be started there. */
    public ProcessBuilder program(String... command) {
        List<String> whole = new ArrayList<>(List.of(node.toString()));
        whole.addAll(List.of(command));
        return new ProcessBuilder(whole).directory(folder.toFile());
    }
}
