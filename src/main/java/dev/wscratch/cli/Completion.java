package dev.wscratch.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wscratch completion}: a script that teaches a shell our commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Print a script with which the Tab key completes commands and options.",
        synopsisHeading = "%nUsage: ",
        description = {
            "",
            "Examples:",
            "  source <(wscratch completion bash)     in ~/.bashrc",
            "  source <(wscratch completion zsh)      in ~/.zshrc, after compinit",
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class Completion implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final Streams streams;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh", completionCandidates = Shells.class)
    private String shell = "";

    /** Set by picocli before the call. */
    @Spec
    private @Nullable CommandSpec spec;

    Completion(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        // One script for both: it asks zsh for its emulation of bash's completion.
        new Value("SHELL", shell).oneOf(SHELLS.toArray(new String[0]));
        CommandSpec ours = spec;
        if (ours == null) {
            throw new IllegalStateException("picocli sets the spec before the call");
        }
        streams.out().print(AutoComplete.bash("wscratch", ours.root().commandLine()));
        streams.out().flush();
        return ExitCode.OK.value();
    }

    /** What Tab offers behind the command; picocli makes one. */
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SHELLS.iterator();
        }
    }
}
