package dev.wscratch.war;

import dev.wscratch.peer.WebSocketRecorder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An app server with this project's WAR: it runs once for all tests of a class. A subclass says how it is started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeployedWar {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> contexts;
    private AppServer server;

    /** {@code contexts}: further copies of the WAR, each with its parameters; the first is {@code /wscratch} with defaults. */
    DeployedWar(Map<String, Map<String, String>> contexts) {
        this.contexts = contexts;
    }

    /**
     * Starts the server.
     *
     * @param base an empty folder for all it writes
     * @param contexts further copies of the WAR, each with its context parameters
     */
    abstract AppServer start(Path base, Map<String, Map<String, String>> contexts) throws IOException;

    @BeforeAll
    void startServer(@TempDir Path base) throws IOException {
        server = start(base, contexts);
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    final AppServer server() {
        return server;
    }

    final HttpClient http() {
        return http;
    }

    final WebSocketRecorder connect(String path) throws Exception {
        return WebSocketRecorder.connect(http, server.socket(path));
    }

    static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
