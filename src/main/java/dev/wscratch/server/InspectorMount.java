package dev.wscratch.server;

import dev.wscratch.inspect.Labs;
import dev.wscratch.inspect.Mark;
import dev.wscratch.inspect.Observation;
import dev.wscratch.transport.ConnectionTap;
import dev.wscratch.wire.RequestHead;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the inspector the connections that a page has marked and watches; others are not touched. */
final class InspectorMount implements ConnectionTap.Source {
    private static final Logger LOG = System.getLogger("dev.wscratch.server");

    private final Labs labs;

    InspectorMount(Labs labs) {
        this.labs = labs;
    }

    @Override
    public @Nullable ConnectionTap tap(RequestHead head, boolean secure) {
        Mark mark = Mark.of(head.query());
        Observation observation = mark == null || mayBeInspector(head.path()) ? null : labs.observe(mark, secure);
        return observation == null ? null : new Tap(observation);
    }

    /** Watched itself, the inspector would report each of its own reports, for ever. However the path may be written. */
    private static boolean mayBeInspector(String path) {
        try {
            return URLDecoder.decode(path, StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT)
                    .contains(Labs.PATH);
        } catch (IllegalArgumentException notEncoded) {
            return true;
        }
    }

    /** Passes on what it sees; a bug of the inspector's ends the looking, not the connection. */
    static final class Tap implements ConnectionTap {
        private final Observation observation;

        /** Set by any thread of the connection's. */
        private volatile boolean broken;

        Tap(Observation observation) {
            this.observation = observation;
        }

        private void look(Runnable at) {
            if (broken) {
                return;
            }
            try {
                at.run();
            } catch (RuntimeException | Error e) {
                // Also want of memory: what happens here must not reach the connection.
                broken = true;
                LOG.log(Level.ERROR, "the inspector failed; its connection goes on unseen", e);
                giveUp();
            }
        }

        /** Its page waits for an end, and its place for another. */
        private void giveUp() {
            try {
                observation.ended("the inspector failed; the connection goes on unseen");
            } catch (RuntimeException | Error e) {
                LOG.log(Level.DEBUG, "the inspector failed again when it gave up", e);
            }
        }

        @Override
        public void received(ByteBuffer bytes) {
            look(() -> observation.received(bytes));
        }

        @Override
        public void upgraded(FrameSender frames) {
            look(() -> observation.upgraded(frames::send));
        }

        @Override
        public void opened() {
            look(observation::opened);
        }

        @Override
        public void sent(ByteBuffer bytes) {
            look(() -> observation.sent(bytes));
        }

        @Override
        public void ended(String cause) {
            look(() -> observation.ended(cause));
        }
    }
}
