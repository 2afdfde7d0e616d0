package dev.wscratch.cli;

import dev.wscratch.client.FrameTap;
import java.nio.ByteBuffer;
import java.util.List;

/** What passes on a connection of {@code connect}, for whom it matters. Safe for any thread. */
final class Tap implements FrameTap {
    private final Pings pings;
    private final Printer printer;
    private final Traffic traffic = new Traffic();

    /** The lines of the last request. */
    private volatile List<String> request = List.of();

    /** The lines of the answer to it. */
    private volatile List<String> answer = List.of();

    Tap(Pings pings, Printer printer) {
        this.pings = pings;
        this.printer = printer;
    }

    Traffic traffic() {
        return traffic;
    }

    /** The last handshake, its request or its answer. */
    List<String> head(boolean sent) {
        return sent ? request : answer;
    }

    @Override
    public void frame(PassingFrame frame) {
        pings.frame(frame);
        traffic.frame(frame);
        if (printer.watchesFrames()) {
            printer.frame(frame);
        }
    }

    @Override
    public void handshake(boolean sent, ByteBuffer head) {
        List<String> lines = HeadText.lines(head);
        if (sent) {
            request = lines;
            answer = List.of();
        } else {
            answer = lines;
        }
        if (printer.watchesFrames()) {
            printer.head(sent, lines);
        }
    }
}
