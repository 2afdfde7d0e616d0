package dev.wscratch.transport;

import java.net.InetSocketAddress;

/** One TCP connection, with the few verbs that a WebSocket needs. Safe for use by many threads. */
interface Tcp extends Outbox.Channel {
    InetSocketAddress remoteAddress();

    InetSocketAddress localAddress();

    /** From now on all that is written is shown to {@code watcher}. */
    void watchedBy(ConnectionTap watcher);

    /** Closes after what was written: the peer reads everything, over TLS its goodbye (close_notify), then the end. */
    void close();

    /** The same without TLS's goodbye. */
    void cut();

    /**
     * Ends now, with a reset: what the peer has not taken is dropped, and no kernel buffer lives on.
     *
     * @param why for a person; part of {@link #endedBy}
     */
    void abort(String why);

    /** {@return whether there is TLS below} */
    boolean isSecure();

    /**
     * Says that nothing more will be written; reading goes on. Over TLS the goodbye goes before the FIN, which alone would
     * look like an attack (RFC 8446 section 6.1).
     */
    void shutdownOutput();

    /** Stops or resumes reading, soon. */
    void pauseReading(boolean pause);

    /** {@return who ended the connection and why; meaningful once it has ended} */
    TcpEnd endedBy();
}
