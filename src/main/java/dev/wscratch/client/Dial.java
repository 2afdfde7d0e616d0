package dev.wscratch.client;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.nio.transport.TCPNIOConnectorHandler;

/**
 * Tries the addresses of a host one after the other, until one of them can be reached; all within the deadline of the link,
 * so that one that does not answer at all leaves no time for the others.
 *
 * @param unwanted whether nobody waits for the connection any more
 * @param failed told once, when the last address could not be reached
 */
record Dial(
        TCPNIOConnectorHandler connector,
        Iterator<InetSocketAddress> remotes,
        BooleanSupplier unwanted,
        Consumer<Throwable> failed) {
    /** Tries the next address and returns; there must be one. */
    void next() {
        connector.connect(remotes.next(), new EmptyCompletionHandler<>() {
            @Override
            public void failed(Throwable cause) {
                if (!remotes.hasNext() || unwanted.getAsBoolean()) {
                    failed.accept(cause);
                    return;
                }
                try {
                    next();
                } catch (RuntimeException e) {
                    failed.accept(e);
                }
            }
        });
    }
}
