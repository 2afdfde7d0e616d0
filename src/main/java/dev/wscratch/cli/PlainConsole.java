package dev.wscratch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A terminal that cannot move its cursor, or none at all: lines in, lines out. */
final class PlainConsole implements Console {
    private final Streams streams;
    private final BufferedReader lines;

    PlainConsole(Streams streams) {
        this.streams = streams;
        this.lines = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
    }

    @Override
    public Input read() throws IOException {
        String line = lines.readLine();
        return line == null ? new End() : new Line(line);
    }

    @Override
    public void start() {
        // It was never stopped.
    }

    @Override
    public void stop() {
        // Reading a stream cannot be stopped; the thread that does is a daemon.
    }

    @Override
    public Streams streams() {
        return streams;
    }

    @Override
    public int columns() {
        return LessonText.WIDTH;
    }

    @Override
    public void close() {
        // Nothing was changed.
    }
}
