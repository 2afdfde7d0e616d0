package dev.wscratch.fault;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.peer.Scheme;
import java.io.IOException;

/** A process of its own that opens a WebSocket, answers Pings, and does nothing else. */
final class IdlePeer {
    private IdlePeer() {}

    /** Arguments: port, path, scheme. Prints {@code open} when it is. */
    public static void main(String[] args) throws IOException {
        try (RawPeer peer = Scheme.valueOf(args[2]).open(Integer.parseInt(args[0]), args[1])) {
            System.out.println("open");
            peer.socket().setSoTimeout(0);
            int opcode;
            do {
                opcode = peer.readDataFrame().opcode();
            } while (opcode != RawPeer.CLOSE);
        }
    }
}
