package dev.wscratch.client;

import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/** Where Tyrus writes its frames. Its wish to close is the {@link Link}'s to fulfil. */
final class LinkWriter extends Writer {
    private final Link link;

    LinkWriter(Link link) {
        this.link = link;
    }

    @Override
    public void write(ByteBuffer buffer, @Nullable CompletionHandler<ByteBuffer> handler) {
        link.write(
                buffer,
                () -> {
                    if (handler != null) {
                        handler.completed(buffer);
                    }
                },
                failure -> {
                    if (handler != null) {
                        handler.failed(failure);
                    }
                });
    }

    @Override
    public void close() {
        // The link ends TCP when the closing handshake is over.
    }
}
