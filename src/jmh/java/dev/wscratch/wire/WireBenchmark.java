package dev.wscratch.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the wire's inner loops cost, in nanoseconds per message of a given size. {@link #copy} is the yardstick: to move the
 * same bytes once is what memory bandwidth allows, and nothing that reads and writes each byte can be faster.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {
    private static final int KEY = 0x37FA213D;
    private static final FrameLimits LIMITS = new FrameLimits(1 << 20, 16);

    /** Bytes of payload. */
    @Param({"64", "16384", "1048576"})
    public int size;

    private byte[] payload;
    private byte[] copy;
    private byte[] mixed;
    private ByteBuffer heap;
    private ByteBuffer direct;
    private ByteBuffer out;
    private ByteBuffer maskedBinary;
    private ByteBuffer unmaskedText;
    private FrameParser server;
    private FrameParser client;

    /** Makes the bytes: ASCII, and the same length with characters of one to four bytes. */
    @Setup
    public void setUp() {
        payload = new byte[size];
        Arrays.fill(payload, (byte) 'a');
        copy = new byte[size];
        byte[] characters = "aé€😀..".getBytes(StandardCharsets.UTF_8);
        mixed = payload.clone();
        for (int i = 0; i + characters.length <= size; i += characters.length) {
            System.arraycopy(characters, 0, mixed, i, characters.length);
        }
        heap = ByteBuffer.wrap(payload.clone());
        direct = ByteBuffer.allocateDirect(size).put(payload).clear();
        out = ByteBuffer.allocate(size + FrameSerialiser.MAX_HEADER_LENGTH);
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        maskedBinary = FrameSerialiser.frame(FrameHeader.masked(Opcode.BINARY, size, KEY), bytes);
        unmaskedText = FrameSerialiser.frame(FrameHeader.unmasked(Opcode.TEXT, size), bytes);
        server = new FrameParser(Role.SERVER, false, LIMITS);
        client = new FrameParser(Role.CLIENT, false, LIMITS);
    }

    /** The yardstick: each byte read and written once. */
    @Benchmark
    public byte[] copy() {
        System.arraycopy(payload, 0, copy, 0, size);
        return copy;
    }

    /** In place, on the heap. */
    @Benchmark
    public ByteBuffer mask() {
        Masking.apply(heap, 0, size, KEY, 0);
        return heap;
    }

    /** In place, outside the heap. */
    @Benchmark
    public ByteBuffer maskDirect() {
        Masking.apply(direct, 0, size, KEY, 0);
        return direct;
    }

    /** As a server does: header, then unmasking in place (each call masks what the one before unmasked). */
    @Benchmark
    public int parseMaskedBinary() {
        return parse(server, maskedBinary.clear());
    }

    /** As a client does: header, then the check of UTF-8. */
    @Benchmark
    public int parseText() {
        return parse(client, unmaskedText.clear());
    }

    private static int parse(FrameParser parser, ByteBuffer in) {
        int steps = 0;
        while (true) {
            FrameParser.Step step = parser.next(in);
            if (step == FrameParser.Step.NEED_INPUT) {
                return steps;
            }
            if (step == FrameParser.Step.VIOLATION) {
                throw new IllegalStateException("expected a frame, got " + parser.violation());
            }
            steps++;
        }
    }

    /** As a server does: header and a copy of the payload. */
    @Benchmark
    public ByteBuffer serialise() {
        FrameSerialiser.writeFrame(out.clear(), FrameHeader.unmasked(Opcode.BINARY, size), ByteBuffer.wrap(payload));
        return out;
    }

    /** As a client does: header, a copy of the payload, and the mask over the copy. */
    @Benchmark
    public ByteBuffer serialiseMasked() {
        FrameSerialiser.writeFrame(out.clear(), FrameHeader.masked(Opcode.BINARY, size, KEY), ByteBuffer.wrap(payload));
        return out;
    }

    /** ASCII alone. */
    @Benchmark
    public int validateAscii() {
        return validate(payload);
    }

    /** Characters of one to four bytes. */
    @Benchmark
    public int validateMixed() {
        return validate(mixed);
    }

    private int validate(byte[] bytes) {
        Utf8Validator validator = new Utf8Validator();
        int wrong = validator.validate(ByteBuffer.wrap(bytes), 0, size);
        if (wrong != Utf8Validator.VALID || !validator.isComplete()) {
            throw new IllegalStateException("expected UTF-8, got a wrong byte at " + wrong);
        }
        return wrong;
    }

    /** What a String of ASCII costs in the JDK, to compare. */
    @Benchmark
    public String decodeAscii() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** What a String of other characters costs in the JDK, to compare. */
    @Benchmark
    public String decodeMixed() {
        return new String(mixed, StandardCharsets.UTF_8);
    }
}
