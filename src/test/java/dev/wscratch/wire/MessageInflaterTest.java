package dev.wscratch.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wscratch.wire.MessageInflater.Step;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageInflaterTest {
    private static final long LIMIT = 1 << 20;

    /** Inflates one message; what came out, or null after a violation. */
    private static byte[] inflate(MessageInflater inflater, Opcode opcode, byte[] payload, int piece, int room) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        inflater.begin(opcode);
        for (int at = 0; at < payload.length; at += piece) {
            ByteBuffer in = ByteBuffer.wrap(payload, at, Math.min(piece, payload.length - at));
            if (!drained(() -> inflater.inflate(in, fresh(room)), message)) {
                return null;
            }
            assertThat(in.hasRemaining()).isFalse();
        }
        return drained(() -> inflater.finish(fresh(room)), message) ? message.toByteArray() : null;
    }

    private static ByteBuffer last = ByteBuffer.allocate(0);

    private static ByteBuffer fresh(int room) {
        last = ByteBuffer.allocate(room);
        return last;
    }

    private static boolean drained(java.util.function.Supplier<Step> call, ByteArrayOutputStream message) {
        while (true) {
            Step step = call.get();
            message.write(last.array(), 0, last.position());
            if (step != Step.OUTPUT_FULL) {
                return step == Step.DONE;
            }
        }
    }

    private static byte[] compressed(byte[] data, int flush) {
        Deflater deflater = new Deflater(9, true);
        try {
            deflater.setInput(data);
            byte[] out = new byte[data.length + 100];
            int length = deflater.deflate(out, 0, out.length, flush);
            return Arrays.copyOf(out, length - 4);
        } finally {
            deflater.end();
        }
    }

    /** Sections 7.2.3.1 to 7.2.3.6: one block, no compression, BFINAL = 1, two blocks, empty. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            f2 48 cd c9 c9 07 00             | Hello
            00 05 00 fa ff 48 65 6c 6c 6f 00 | Hello
            f3 48 cd c9 c9 07 00 00          | Hello
            f2 48 05 00 00 00 ff ff ca c9 c9 07 00 | Hello
            00                               | ''
            """)
    void theExamplesOfTheRfcInflateHoweverTheyAreCut(String hex, String text) {
        byte[] payload = Hex.bytes(hex);
        for (boolean takeover : new boolean[] {true, false}) {
            for (int piece = 1; piece <= payload.length; piece++) {
                for (int room : new int[] {1, 2, 5, 64}) {
                    MessageInflater inflater = new MessageInflater(takeover, LIMIT);
                    for (int again = 0; again < 3; again++) {
                        assertThat(inflate(inflater, Opcode.TEXT, payload, piece, room))
                                .asString(UTF_8)
                                .isEqualTo(text);
                        assertThat(inflater.messageLength()).isEqualTo(text.length());
                    }
                    inflater.close();
                }
            }
        }
    }

    /** Section 7.2.3.2: the second "Hello" repeats the first one. */
    @Test
    void aMessageMayRepeatTheOneBeforeOnlyWithContextTakeover() {
        byte[] first = Hex.bytes("f2 48 cd c9 c9 07 00");
        byte[] second = Hex.bytes("f2 00 11 00 00");
        try (MessageInflater with = new MessageInflater(true, LIMIT);
                MessageInflater without = new MessageInflater(false, LIMIT)) {
            assertThat(inflate(with, Opcode.TEXT, first, 99, 99)).asString().isEqualTo("Hello");
            assertThat(inflate(with, Opcode.TEXT, second, 99, 99)).asString().isEqualTo("Hello");
            assertThat(inflate(without, Opcode.TEXT, first, 99, 99)).asString().isEqualTo("Hello");
            assertThat(inflate(without, Opcode.TEXT, second, 99, 99)).isNull();
            assertThat(without.fault().rule()).isEqualTo(FrameRule.COMPRESSED_DATA_INVALID);
            assertThat(without.fault().rule().closeCode()).isEqualTo(CloseCode.INVALID_FRAME_PAYLOAD_DATA);
        }
    }

    /** Nothing at all; a final block at the very end, without the empty block after it; many empty blocks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                                | ''
            f3 48 cd c9 c9 07 00              | Hello
            03 00 00                          | ''
            00 00 00 ff ff 00 00 00 ff ff 00  | ''
            f3 48 cd c9 c9 07 00 f3 48 cd c9 c9 07 00 00 | HelloHello
            """)
    void whatCanOnlyMeanOneThingInflates(String hex, String text) {
        try (MessageInflater inflater = new MessageInflater(true, LIMIT)) {
            for (int again = 0; again < 3; again++) {
                assertThat(inflate(inflater, Opcode.TEXT, Hex.bytes(hex), 3, 2))
                        .asString()
                        .isEqualTo(text);
            }
        }
    }

    /** Garbage; cut in a block; the tail left on; a stray byte after the end; a reserved block type; a far distance. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff ff ff ff",
                "f2 48 cd c9",
                "f2 48 cd c9 c9 07",
                "f2 48 cd c9 c9 07 00 00 00 ff ff",
                "f3 48 cd c9 c9 07 00 00 00",
                "f3 48 cd c9 c9 07 00 de ad be ef",
                "00 05 00 00 00 48",
                "06",
                "f2 00 11 00 00",
            })
    void whatIsNotWholeBlocksIsRefusedInItsOwnMessage(String hex) {
        for (boolean takeover : new boolean[] {true, false}) {
            try (MessageInflater inflater = new MessageInflater(takeover, LIMIT)) {
                assertThat(inflate(inflater, Opcode.BINARY, Hex.bytes(hex), 2, 16))
                        .isNull();
                assertThat(inflater.fault().rule()).isEqualTo(FrameRule.COMPRESSED_DATA_INVALID);
                assertThat(inflater.finish(fresh(9))).isEqualTo(Step.VIOLATION);
                assertThat(inflater.inflate(ByteBuffer.allocate(1), fresh(9))).isEqualTo(Step.VIOLATION);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1000, 1001, 65_536})
    void exactlyTheLimitPassesAndOneByteMoreDoesNot(int size) {
        byte[] payload = compressed(new byte[size], Deflater.SYNC_FLUSH);
        for (int room : new int[] {1000, 1001, 70_000}) {
            try (MessageInflater exact = new MessageInflater(true, size);
                    MessageInflater less = new MessageInflater(true, size - 1L)) {
                assertThat(inflate(exact, Opcode.BINARY, payload, 4096, room)).hasSize(size);
                if (size > 0) {
                    assertThat(inflate(less, Opcode.BINARY, payload, 4096, room))
                            .isNull();
                    assertThat(less.fault())
                            .isEqualTo(new InflateFault(
                                    FrameRule.MESSAGE_TOO_BIG,
                                    "at most " + (size - 1) + " bytes in a message",
                                    "more when inflated"));
                    assertThat(less.messageLength()).isEqualTo(size - 1L);
                }
            }
        }
    }

    @Test
    void theLimitIsForEachMessageNotForAll() {
        byte[] payload = compressed(new byte[900], Deflater.SYNC_FLUSH);
        try (MessageInflater inflater = new MessageInflater(true, 1000)) {
            for (int i = 0; i < 5; i++) {
                assertThat(inflate(inflater, Opcode.BINARY, payload, 7, 100)).hasSize(900);
            }
        }
    }

    @Test
    void textIsCheckedAsItIsInflated() {
        byte[] cut = compressed(new byte[] {'a', (byte) 0xE2, (byte) 0x82}, Deflater.SYNC_FLUSH);
        byte[] wrong = compressed(new byte[] {'a', (byte) 0xC0, 'b'}, Deflater.SYNC_FLUSH);
        byte[] right = compressed("aé€🙂".getBytes(UTF_8), Deflater.SYNC_FLUSH);
        for (byte[] payload : new byte[][] {cut, wrong}) {
            try (MessageInflater inflater = new MessageInflater(true, LIMIT)) {
                assertThat(inflate(inflater, Opcode.TEXT, right, 1, 1))
                        .asString(UTF_8)
                        .isEqualTo("aé€🙂");
                assertThat(inflate(inflater, Opcode.BINARY, payload, 1, 1)).hasSize(3);
                assertThat(inflate(inflater, Opcode.TEXT, payload, 1, 1)).isNull();
                assertThat(inflater.fault().rule()).isEqualTo(FrameRule.TEXT_NOT_UTF8);
            }
        }
    }

    @Test
    void aFewFinalBlocksAreInflatedAndAFloodOfThemIsRefused() {
        byte[] emptyFinalBlock = {0x03, 0x00};
        byte[] some = repeated(emptyFinalBlock, MessageInflater.MAX_FINAL_BLOCKS);
        byte[] flood = repeated(emptyFinalBlock, 1 << 20);
        try (MessageInflater inflater = new MessageInflater(true, LIMIT)) {
            assertThat(inflate(inflater, Opcode.BINARY, some, 1000, 1000)).isEmpty();
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(inflate(inflater, Opcode.BINARY, flood, 1 << 20, 1000)).isNull();
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            assertThat(inflater.fault().rule()).isEqualTo(FrameRule.TOO_MANY_FINAL_BLOCKS);
            assertThat(Duration.ofNanos(spent)).isLessThan(Duration.ofSeconds(1));
        }
    }

    private static byte[] repeated(byte[] unit, int times) {
        byte[] all = new byte[unit.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = unit[i % unit.length];
        }
        return all;
    }

    @Test
    void memoryIsHeldBetweenMessagesOnlyWithContextTakeoverAndNeverAfterClose() {
        byte[] hello = Hex.bytes("f2 48 cd c9 c9 07 00");
        MessageInflater with = new MessageInflater(true, LIMIT);
        MessageInflater without = new MessageInflater(false, LIMIT);
        assertThat(with.holdsContext()).isFalse();
        inflate(with, Opcode.TEXT, hello, 9, 9);
        inflate(without, Opcode.TEXT, hello, 9, 9);
        assertThat(with.holdsContext()).isTrue();
        assertThat(without.holdsContext()).isFalse();
        without.begin(Opcode.TEXT);
        without.inflate(ByteBuffer.wrap(hello), ByteBuffer.allocate(9));
        assertThat(without.holdsContext()).isTrue();
        with.close();
        without.close();
        assertThat(with.holdsContext()).isFalse();
        assertThat(without.holdsContext()).isFalse();
        with.close();
        assertThatThrownBy(() -> with.inflate(ByteBuffer.wrap(hello), ByteBuffer.allocate(9)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFaultIsThereOnlyAfterAViolation() {
        try (MessageInflater inflater = new MessageInflater(true, LIMIT)) {
            assertThatThrownBy(inflater::fault).isInstanceOf(IllegalStateException.class);
        }
        assertThat(new InflateFault(FrameRule.MESSAGE_TOO_BIG, "a", "b").inFrameAt(7))
                .isEqualTo(new Violation(FrameRule.MESSAGE_TOO_BIG, 7, 7, "a", "b"));
    }
}
