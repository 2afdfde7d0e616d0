package dev.wscratch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The program without a command: says what there is. */
@Command(
        name = "wscratch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "wscratch - see, test and learn WebSockets",
        customSynopsis = "wscratch COMMAND [OPTIONS]",
        synopsisHeading = "%nUsage: ",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Run 'wscratch COMMAND --help' for more, 'wscratch help lessons' to learn."})
final class Wscratch implements Callable<Integer> {
    private final Streams streams;

    Wscratch(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        streams.out()
                .printf(
                        """
                        wscratch - see, test and learn WebSockets%34s

                          wscratch serve                      start the echo server, then open http://localhost:8080
                          wscratch connect :8080/echo         talk to a server; type and press Enter
                          wscratch explain 81 02 48 69        say what each byte of a frame means
                          wscratch check :8080/echo           does a server keep to the RFCs?
                          wscratch bench :8080/echo -c 100    measure a server

                        Run 'wscratch COMMAND --help' for more, 'wscratch help lessons' to learn.
                        """,
                        "wscratch " + Version.text());
        return ExitCode.OK.value();
    }
}
