package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What must hold for any bytes at all. In the normal tests Jazzer replays the seeds in {@code WireFuzzTestInputs};
 * {@code scripts/fuzz} lets it search for more.
 */
class WireFuzzTest {
    private static final FrameLimits LIMITS = new FrameLimits(1_000, 10);
    private static final HeadLimits HEAD_LIMITS = new HeadLimits(1_000, 20);

    /** First byte: role (bit 0) and compression (bit 1); second: how the rest, the stream, is cut. */
    @FuzzTest(maxDuration = "10m")
    void frames(byte[] data) {
        if (data.length < 2) {
            return;
        }
        Role receiver = (data[0] & 1) == 0 ? Role.CLIENT : Role.SERVER;
        boolean compression = (data[0] & 2) != 0;
        byte[] stream = Arrays.copyOfRange(data, 2, data.length);

        FrameParser wholeParser = new FrameParser(receiver, compression, LIMITS);
        FrameTrace whole = FrameTrace.whole(wholeParser, stream);
        FrameTrace bytewise = FrameTrace.byteByByte(new FrameParser(receiver, compression, LIMITS), stream);
        FrameTrace cut = new FrameTrace(new FrameParser(receiver, compression, LIMITS));
        Random random = new Random(data[1]);
        for (int at = 0; at < stream.length; ) {
            int count = Math.min(stream.length - at, 1 + random.nextInt(20));
            cut.feed(ByteBuffer.allocateDirect(count).put(stream, at, count).flip());
            at += count;
        }

        assertThat(whole.frames).isEqualTo(cut.frames).isEqualTo(bytewise.frames);
        assertThat(whole.violation).isEqualTo(cut.violation).isEqualTo(bytewise.violation);
        assertThat(whole.closed).isEqualTo(cut.closed).isEqualTo(bytewise.closed);
        assertThat(wholeParser.messageLength()).isBetween(0L, LIMITS.maxMessage());
        assertThat(wholeParser.fragments()).isBetween(0, LIMITS.maxFragments());
        Violation violation = whole.violation;
        if (violation != null) {
            assertThat(violation.offset()).isBetween(violation.frameOffset(), (long) stream.length);
            assertThat(violation.closeReason().toPayload()).hasSizeLessThanOrEqualTo(125);
        }
        assertNoGap(FrameExplainer.explain(ByteBuffer.wrap(stream), Opcode.TEXT));
    }

    /** First byte: how the rest, the head, is cut. */
    @FuzzTest(maxDuration = "10m")
    void heads(byte[] data) {
        if (data.length < 1) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(data, 1, data.length);
        HeadScanner whole = new HeadScanner(HEAD_LIMITS);
        HeadScanner cut = new HeadScanner(HEAD_LIMITS);
        HeadScanner.Step atOnce = whole.scan(ByteBuffer.wrap(stream));
        HeadScanner.Step inPieces = HeadScanner.Step.NEED_INPUT;
        int size = 1 + (data[0] & 0x0F);
        for (int at = 0; at < stream.length && inPieces == HeadScanner.Step.NEED_INPUT; at += size) {
            inPieces = cut.scan(ByteBuffer.wrap(stream, at, Math.min(size, stream.length - at)));
        }

        assertThat(inPieces).isEqualTo(atOnce);
        assertThat(cut.length()).isEqualTo(whole.length()).isLessThanOrEqualTo(HEAD_LIMITS.maxBytes());
        assertNoGap(HandshakeExplainer.explain(ByteBuffer.wrap(stream)));
        judge(ByteBuffer.wrap(stream));
        if (atOnce == HeadScanner.Step.HEAD) {
            judge(ByteBuffer.wrap(stream, 0, whole.length()));
        }
    }

    private static void judge(ByteBuffer bytes) {
        ParsedRequest request = RequestHead.parse(bytes, HEAD_LIMITS);
        if (request instanceof Refusal refusal) {
            assertReadable(refusal);
        } else if (request instanceof RequestHead head) {
            assertThat(head.path()).matches("[*]|/.*");
            Handshake.Verdict verdict = Handshake.judge(head);
            if (verdict instanceof Refusal refusal) {
                assertReadable(refusal);
            } else if (verdict instanceof Handshake.Accepted accepted
                    && !accepted.extensions().isEmpty()) {
                assertThat(Extension.parse(List.of(Extension.format(accepted.extensions()))))
                        .contains(accepted.extensions());
            }
            OriginPolicy.SAME_ORIGIN
                    .judge(head.headers().values("Origin"), head.host(), false, true)
                    .ifPresent(WireFuzzTest::assertReadable);
        }
        if (ResponseHead.parse(bytes, HEAD_LIMITS) instanceof ResponseHead answer) {
            ClientHandshake client = new ClientHandshake(
                    "x", "/", "dGhlIHNhbXBsZSBub25jZQ==", List.of("chat"), List.of(), List.of(), false);
            assertThat(client.judge(answer)).isNotNull();
        }
    }

    /** A refusal never carries a line of the peer's into our answer. */
    private static void assertReadable(Refusal refusal) {
        assertThat(refusal.status()).isBetween(400, 599);
        assertThat(refusal.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000);
        assertThat(refusal.text().lines()).hasSize(3);
    }

    private static void assertNoGap(List<ExplainedBytes> explained) {
        int at = 0;
        for (ExplainedBytes piece : explained) {
            assertThat(piece.offset()).isEqualTo(at);
            at += piece.length();
        }
    }
}
