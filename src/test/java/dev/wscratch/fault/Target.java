package dev.wscratch.fault;

import dev.wscratch.peer.RawPeer;
import java.io.IOException;

/** A server that wire cases are sent to: the standalone home, or any app server with an echo endpoint. */
interface Target {
    /** A connection that has sent nothing; the caller closes it. */
    default RawPeer dial() throws IOException {
        return RawPeer.connect(port());
    }

    String host();

    int port();

    /** {@return the path of an endpoint that returns each text as it came} */
    String path();
}
