package dev.wscratch.endpoint;

import dev.wscratch.message.Message.FilePart;
import dev.wscratch.message.Message.Progress;
import dev.wscratch.message.Message.Reply;
import dev.wscratch.message.Message.Result;
import dev.wscratch.message.Problem;
import dev.wscratch.wire.Utf8Validator;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is known of the file that a session is sending: its bytes are counted and digested as they come, and not kept, so
 * that a file of any size takes the same memory.
 *
 * <p>Used by one connection's callbacks, which Jakarta runs one at a time.
 */
final class FileReceiver {
    /** The largest file, in bytes. */
    static final long LIMIT = 64L << 20;

    private final long limit;
    private final MessageDigest sha256 = newSha256();
    private final Utf8Validator utf8 = new Utf8Validator();

    /** Of the file under way; empty between files, as no name is. */
    private String name = "";

    private long received;

    /** Line feeds so far. */
    private long lineFeeds;

    /** Whether the bytes so far end in the middle of a line. */
    private boolean inLine;

    /** Whether all bytes so far are UTF-8 without NUL. */
    private boolean text;

    FileReceiver(long limit) {
        this.limit = limit;
    }

    /** {@return the answers to a part, in their order} */
    List<Reply> accept(FilePart part) {
        if (part.offset() == 0) {
            begin(part.name());
        } else if (!part.name().equals(name) || part.offset() != received) {
            return List.of(new Problem(Problem.Code.WRONG_VALUE, expectedOffset(), "/offset"));
        }
        if (part.data().remaining() > limit - received) {
            begin("");
            return List.of(new Problem(Problem.Code.TOO_LARGE, "a file of at most " + limit + " bytes", "/data"));
        }
        take(part.data());
        Progress progress = new Progress(name, received);
        if (!part.last()) {
            return List.of(progress);
        }
        Result result = result();
        begin("");
        return List.of(progress, result);
    }

    private String expectedOffset() {
        return name.isEmpty() ? "0, which begins a file" : received + " of \"" + name + "\", or 0, which begins a file";
    }

    private void begin(String newName) {
        name = newName;
        received = 0;
        lineFeeds = 0;
        inLine = false;
        text = true;
        utf8.reset();
        sha256.reset();
    }

    private void take(ByteBuffer data) {
        int from = data.position();
        int to = data.limit();
        sha256.update(data.duplicate());
        text = text && utf8.validate(data, from, to) == Utf8Validator.VALID;
        for (int i = from; text && i < to; i++) {
            byte b = data.get(i);
            text = b != 0;
            inLine = b != '\n';
            if (!inLine) {
                lineFeeds++;
            }
        }
        received += to - from;
    }

    private Result result() {
        OptionalLong lines =
                text && utf8.isComplete() ? OptionalLong.of(lineFeeds + (inLine ? 1 : 0)) : OptionalLong.empty();
        return new Result(name, received, HexFormat.of().formatHex(sha256.digest()), lines);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
