package dev.wscratch.cli;

import dev.wscratch.client.FrameTap.PassingFrame;
import java.util.Locale;

/** What has passed on a connection, for {@code /stats}. Safe for any thread. */
final class Traffic {
    /** In one direction; all fields are guarded by the traffic. */
    private static final class Direction {
        private long messages;
        private long control;
        private long frames;
        private long payload;
        private long wire;

        private void count(PassingFrame frame) {
            frames++;
            if (frame.header().opcode().isControl()) {
                control++;
            } else if (frame.header().fin()) {
                messages++;
            }
            payload += frame.header().payloadLength();
            wire += frame.header().length() + frame.header().payloadLength();
        }

        private String line(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-9s %,d messages and %,d control frames in %,d frames, %,d bytes (%,d of payload)",
                    name,
                    messages,
                    control,
                    frames,
                    wire,
                    payload);
        }
    }

    private final Direction sent = new Direction();
    private final Direction received = new Direction();

    synchronized void frame(PassingFrame frame) {
        (frame.sent() ? sent : received).count(frame);
    }

    /** Two lines: what was sent, and what was received. */
    synchronized String lines() {
        return sent.line("sent") + System.lineSeparator() + received.line("received");
    }
}
