package dev.wscratch.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.LabPage;
import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** A server with the inspector and the faults, over ws and over wss; one at a time. */
abstract class InspectedServer {
    static WscratchServer server;

    final Scheme scheme;

    InspectedServer(Scheme scheme) {
        this.scheme = scheme;
    }

    @BeforeParameterizedClassInvocation
    static void start(Scheme scheme) throws Exception {
        server = scheme.listening(WscratchServer.builder())
                .faults(true)
                .inspector(true)
                .start();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    final LabPage watch() throws IOException {
        return LabPage.watch(scheme, scheme.port(server));
    }

    final RawPeer connect() throws IOException {
        return scheme.connect(scheme.port(server));
    }

    static void assertFrame(Map<String, Object> event, long number, String from, byte[] bytes) {
        assertThat(event).containsEntry("event", "frame").containsEntry("number", number);
        assertThat(event).containsEntry("from", from).containsEntry("length", (long) bytes.length);
        assertThat(LabPage.bytes(event, "bytes")).isEqualTo(bytes);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
