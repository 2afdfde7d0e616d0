package dev.wscratch.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Sends wire cases to one target and compares. A server that is known to differ brings its own expectations by name. */
final class WireRunner {
    private final Target target;
    private final Map<String, WireCase.Expected> differences;

    WireRunner(Target target) {
        this(target, Map.of());
    }

    WireRunner(Target target, Map<String, WireCase.Expected> differences) {
        this.target = target;
        this.differences = differences;
    }

    /** One test for each case of a row. */
    Stream<DynamicTest> row(int row, List<WireCase> table) {
        List<WireCase> cases = table.stream().filter(wire -> wire.row() == row).toList();
        assertThat(cases).as("cases of row %d", row).isNotEmpty();
        return cases.stream().map(wire -> DynamicTest.dynamicTest("row " + row + ": " + wire.name(), () -> run(wire)));
    }

    void run(WireCase wire) throws IOException {
        WireCase here = wire.as(differences);
        try (RawPeer peer = target.dial()) {
            sendWhatItTakes(peer, filled(here.head()));
            if (here.expected() instanceof WireCase.Refused refused) {
                refused(peer, refused.status());
            } else if (here.expected() instanceof WireCase.Closed closed) {
                assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
                peer.sendHex(here.frames());
                closed(peer, closed.code());
            } else {
                assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
                peer.sendText("still here");
                assertThat(peer.readFrame().text()).isEqualTo("still here");
            }
        }
    }

    private static void refused(RawPeer peer, int status) throws IOException {
        String answer = peer.readResponse();
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("\r\nConnection: close\r\n");
        sendWhatItTakes(peer, new String(RawPeer.frame(0x81, new byte[] {'x'}), ISO_8859_1));
        assertThat(peer.readsEnd()).as("nothing comes after the refusal").isTrue();
    }

    private static void closed(RawPeer peer, int code) throws IOException {
        assertThat(peer.readFrame())
                .satisfies(frame -> assertThat(frame.opcode()).isEqualTo(RawPeer.CLOSE))
                .satisfies(frame -> assertThat(frame.closeCode()).isEqualTo(code));
        assertThat(peer.readsEnd()).as("nothing comes after the Close frame").isTrue();
    }

    /** A server may refuse and go before it has everything. */
    private static void sendWhatItTakes(RawPeer peer, String bytes) throws IOException {
        try {
            peer.send(bytes);
        } catch (SocketException refusedAlready) {
            assertThat(peer.socket().isConnected()).isTrue();
        }
    }

    private String filled(String head) {
        return head.replace("{authority}", target.host() + ":" + target.port()).replace("{path}", target.path());
    }
}
