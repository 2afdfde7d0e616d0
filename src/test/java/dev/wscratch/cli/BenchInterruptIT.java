package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.Program;
import dev.wscratch.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ctrl-C in {@code bench}. */
@Timeout(60)
class BenchInterruptIT {
    private static void interrupt(Program program) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(program.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static ProcessBuilder bench(ScriptedServer server) {
        return Program.javaBuilder(
                Main.class, "bench", server.url(), "-c", "1", "--rate", "100", "-d", "10m", "--warm-up", "0s");
    }

    @Test
    void onceReportsWhatCameUntilThen() throws Exception {
        CountDownLatch echoed = new CountDownLatch(50);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.accept();
                    ScriptedServer.Frame frame = connection.frame();
                    while (frame.opcode() != 8) {
                        connection.message(frame.text());
                        echoed.countDown();
                        frame = connection.frame();
                    }
                    connection.hex("88 02 03 e8");
                });
                Program program = Program.start(bench(server))) {
            assertThat(echoed.await(20, TimeUnit.SECONDS)).isTrue();
            interrupt(program);
            assertThat(program.exitCode(20)).as("" + program.err()).isEqualTo(130);
            assertThat(program.out()).first().asString().startsWith("Interrupted");
            assertThat(program.out())
                    .anyMatch(
                            line -> line.matches("Messages +\\d+ sent +\\d+ echoed, each verified   0 lost   0 wrong"))
                    .contains("Close       1 x 1000");
        }
    }

    @Test
    void onceEndsItWhileAConnectionIsBeingOpened() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program program = Program.java(
                        Main.class, "bench", "127.0.0.1:" + silent.getLocalPort(), "-c", "2", "--patience", "1h");
                Socket taken = silent.accept()) {
            assertThat(taken.getInputStream().read())
                    .as("the first byte of the handshake")
                    .isEqualTo('G');
            interrupt(program);
            assertThat(program.exitCode(8)).as("" + program.err()).isEqualTo(130);
            assertThat(program.err()).anyMatch(line -> line.startsWith("wscratch bench: interrupted"));
        }
    }

    @Test
    void twiceDoesNotWaitForReplies() throws Exception {
        CountDownLatch echoed = new CountDownLatch(20);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.accept();
                    // The last one is not answered, so that once is not enough.
                    while (echoed.getCount() > 0) {
                        String text = connection.frame().text();
                        if (echoed.getCount() > 1) {
                            connection.message(text);
                        }
                        echoed.countDown();
                    }
                    boolean over = false;
                    while (!over) {
                        over = connection.ended();
                    }
                });
                Program program = Program.start(bench(server))) {
            assertThat(echoed.await(20, TimeUnit.SECONDS)).isTrue();
            interrupt(program);
            program.await("Ctrl-C again ends it at once");
            interrupt(program);
            assertThat(program.exitCode(8)).as("" + program.err()).isEqualTo(130);
            assertThat(program.out()).anyMatch(line -> line.contains(" not waited for"));
        }
    }
}
