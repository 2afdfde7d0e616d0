package dev.wscratch.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.ReadHandler;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of the buffer that Tyrus's read handler keeps. It is as large as the largest frame so far and lives as long as
 * the session: a connection that once took a message of 1 MiB would hold 1 MiB of heap while it idles.
 *
 * <p>Tyrus has no way to ask for it, so its private field is set. Where that cannot be done, because another version of
 * Tyrus has no such field, the buffer stays.
 */
final class TyrusReadBuffer {
    private static final Logger LOG = System.getLogger("dev.wscratch.transport");

    /** A smaller buffer is worth keeping: the next frame needs it again. */
    private static final int WORTHWHILE = 64 << 10;

    private static final @Nullable VarHandle FIELD =
            find("org.glassfish.tyrus.core.TyrusWebSocketEngine$TyrusReadHandler");

    private TyrusReadBuffer() {}

    /** {@return the field of a class of that name, or null when there is none} */
    static @Nullable VarHandle find(String className) {
        try {
            Class<?> handler = Class.forName(className);
            return MethodHandles.privateLookupIn(handler, MethodHandles.lookup())
                    .findVarHandle(handler, "buffer", ByteBuffer.class);
        } catch (ReflectiveOperationException | SecurityException e) {
            LOG.log(Level.DEBUG, "Tyrus keeps the buffer of the largest frame of each session", e);
            return null;
        }
    }

    /**
     * After a whole frame was handled; nothing of it is left in the buffer.
     *
     * @param handler of the session, where its callbacks run
     * @param frameLength of that frame
     */
    static void release(ReadHandler handler, int frameLength) {
        VarHandle field = FIELD;
        if (frameLength > WORTHWHILE
                && field != null
                && field.coordinateTypes().get(0).isInstance(handler)) {
            field.setVolatile(handler, null);
        }
    }
}
