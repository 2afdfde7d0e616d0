package dev.wscratch.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** The last events of a session, for {@code /save}. Safe for any thread. */
final class Transcript {
    /** Characters that are kept; older events are forgotten. */
    static final int MOST = 16 << 20;

    /** Guarded by this. */
    private final Deque<String> lines = new ArrayDeque<>();

    /** Characters in {@link #lines}; guarded by this. */
    private long size;

    /** Events forgotten; guarded by this. */
    private long forgotten;

    synchronized void add(JsonLine event) {
        String line = event.toString();
        lines.add(line);
        size += line.length();
        while (size > MOST && lines.size() > 1) {
            size -= lines.remove().length();
            forgotten++;
        }
    }

    /**
     * Writes all of it into a file that was not there before, readable by its owner only: messages may have secrets.
     *
     * @return what was done, for people
     * @throws UsageException if it cannot be written
     */
    synchronized String save(Value file) {
        Path path = file.path();
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ours = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (SeekableByteChannel channel = Files.newByteChannel(path, options, ours)) {
            for (String line : lines) {
                ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw file.wrong("a file that does not exist yet");
        } catch (IOException e) {
            throw file.wrong("a file that can be written (" + Printable.of(String.valueOf(e)) + ")");
        }
        return "saved " + lines.size() + " events"
                + (forgotten == 0 ? "" : ", without the first " + forgotten + ", which were too many to keep");
    }
}
