package dev.wscratch.war;

import dev.wscratch.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** A Tomcat that the build unpacked, with a configuration of its own in a temporary folder. */
final class TomcatServer implements AppServer {
    private static final Path WAR = Path.of("target", "wscratch.war").toAbsolutePath();
    private static final Path UNPACKED = Path.of("target", "tomcat").toAbsolutePath();

    /** With port 0 Tomcat names its connector "auto", a number, and the port that it was given. */
    private static final String PORT = "Starting ProtocolHandler \\[\"http-nio-127\\.0\\.0\\.1-auto-\\d+-(\\d+)\"]";

    private static final long STOP_SECONDS = 20;

    private static final String SERVER_XML =
            """
            <Server port="-1">
              <Service name="Catalina">
                <Connector address="127.0.0.1" port="0" />
                <Engine name="Catalina" defaultHost="localhost">
                  <Host name="localhost" appBase="webapps" autoDeploy="false" />
                </Engine>
              </Service>
            </Server>
            """;

    private static final String LOGGING =
            """
            handlers = java.util.logging.ConsoleHandler
            .handlers = java.util.logging.ConsoleHandler
            .level = INFO
            java.util.logging.ConsoleHandler.level = ALL
            """;

    private final Program program;
    private final int port;

    private TomcatServer(Program program) {
        this.program = program;
        this.port = Integer.parseInt(program.await(PORT).group(1));
        program.await("Server startup in");
    }

    /**
     * Starts Tomcat with the WAR at {@code /wscratch}, and once more at each further context.
     *
     * @param base an empty folder for everything that this Tomcat writes
     * @param contexts name of a context to its context parameters
     */
    static TomcatServer start(Path base, Map<String, Map<String, String>> contexts) throws IOException {
        Path home = home();
        for (String folder : List.of("conf/Catalina/localhost", "logs", "temp", "webapps", "work")) {
            Files.createDirectories(base.resolve(folder));
        }
        Files.copy(home.resolve("conf/web.xml"), base.resolve("conf/web.xml"));
        Files.writeString(base.resolve("conf/server.xml"), SERVER_XML);
        Files.writeString(base.resolve("conf/logging.properties"), LOGGING);
        Files.copy(WAR, base.resolve("webapps/wscratch.war"));
        for (Map.Entry<String, Map<String, String>> context : contexts.entrySet()) {
            Files.writeString(
                    base.resolve("conf/Catalina/localhost/" + context.getKey() + ".xml"),
                    contextXml(context.getValue()));
        }
        ProcessBuilder command =
                new ProcessBuilder("sh", home.resolve("bin/catalina.sh").toString(), "run");
        Map<String, String> environment = command.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("CATALINA_HOME", home.toString());
        environment.put("CATALINA_BASE", base.toString());
        // What this build was started with is not the app server's business.
        List.of(
                        "CLASSPATH",
                        "JAVA_OPTS",
                        "CATALINA_OPTS",
                        "JAVA_TOOL_OPTIONS",
                        "WSCRATCH_MAX_MESSAGE",
                        "WSCRATCH_ORIGINS",
                        "WSCRATCH_HOSTS",
                        "WSCRATCH_INSPECTOR")
                .forEach(environment::remove);
        Program program = Program.start(command);
        try {
            return new TomcatServer(program);
        } catch (AssertionError | ConditionTimeoutException | TerminalFailureException e) {
            program.close();
            throw e;
        }
    }

    private static String contextXml(Map<String, String> parameters) {
        StringBuilder xml = new StringBuilder("<Context docBase=\"" + WAR + "\">\n");
        parameters.forEach(
                (name, value) -> xml.append("  <Parameter name=\"%s\" value=\"%s\" />\n".formatted(name, value)));
        return xml.append("</Context>\n").toString();
    }

    private static Path home() {
        try (Stream<Path> folders = Files.list(UNPACKED)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("bin")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no Tomcat in " + UNPACKED + "; the build unpacks it: mvn pre-integration-test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String output() {
        return String.join("\n", program.out()) + "\n" + String.join("\n", program.err());
    }

    /** Lets Tomcat stop as SIGTERM has it, and kills it when it does not. */
    @Override
    public void close() {
        try (Program ended = program) {
            ended.terminate();
            ended.exitCode(STOP_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
