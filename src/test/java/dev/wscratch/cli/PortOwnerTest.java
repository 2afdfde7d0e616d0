package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortOwnerTest {
    @Test
    void theOwnerOfAPortIsThisProcessWhereTheSystemTells() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String owner = PortOwner.of(socket.getLocalPort()).orElse("");
            String expected = Files.exists(Path.of("/proc/net/tcp"))
                    ? "pid " + ProcessHandle.current().pid() + ", java"
                    : "";
            assertThat(owner).isEqualTo(expected);
        }
    }

    @Test
    void aFreePortHasNoOwner() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(PortOwner.of(port)).isEmpty();
    }
}
