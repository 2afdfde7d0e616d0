package dev.wscratch.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.Zlib;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameRule;
import dev.wscratch.wire.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameSplitterTest {
    private static final int MOST = 300;

    private final List<String> seen = new ArrayList<>();
    private FrameSplitter splitter = splitter(Role.SERVER, null);

    private FrameSplitter splitter(Role receiver, @Nullable Boolean takeover) {
        FrameJudge judge =
                new FrameJudge(receiver, takeover, new FrameLimits(1 << 20, 100), 1 << 20, MOST, new Semaphore(1));
        return new FrameSplitter(
                judge, MOST, (bytes, cut, broken, inflated) -> seen.add(line(bytes, cut, broken, inflated)));
    }

    private static String line(Excerpt bytes, boolean cut, @Nullable FrameRule broken, @Nullable Excerpt inflated) {
        String hex = HexFormat.of().formatHex(bytes.bytes());
        return (hex.length() <= 40 ? hex : hex.substring(0, 40) + "…" + bytes.size())
                + (bytes.length() == bytes.size() ? "" : " of " + bytes.length())
                + (cut ? " cut" : "")
                + (broken == null ? "" : " " + broken)
                + (inflated == null
                        ? ""
                        : " \"" + new String(inflated.bytes(), StandardCharsets.UTF_8) + "\" " + inflated.length());
    }

    private static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
    }

    private void take(byte[] bytes) {
        splitter.take(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    /** Text, a message in two fragments around a ping, two bytes and eight bytes of length, no payload, close. */
    private static byte[] mixed() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(hex("8185 37fa213d 7f9f4d5158"));
        all.writeBytes(hex("0181 00000000 61", "8980 01020304", "8081 00000000 62"));
        all.writeBytes(hex("82fe 0100 00000000"));
        all.writeBytes(new byte[256]);
        all.writeBytes(hex("82ff 0000000000010000 00000000"));
        all.writeBytes(new byte[65536]);
        all.writeBytes(hex("8280 00000000", "8882 00000000 03e8"));
        return all.toByteArray();
    }

    private static final List<String> MIXED = List.of(
            "818537fa213d7f9f4d5158",
            "01810000000061",
            "898001020304",
            "80810000000062",
            "82fe010000000000" + "0".repeat(24) + "…264",
            "82ff000000000001000000000000" + "0".repeat(12) + "…314 of 65550",
            "828000000000",
            "88820000000003e8");

    @Test
    void aStreamIsSplitAlikeWhereverItIsCut() {
        byte[] stream = mixed();
        for (int cut = 0; cut <= stream.length; cut += cut > 330 && cut < stream.length - 40 ? 997 : 1) {
            seen.clear();
            splitter = splitter(Role.SERVER, null);
            take(Arrays.copyOfRange(stream, 0, Math.min(cut, stream.length)));
            take(Arrays.copyOfRange(stream, Math.min(cut, stream.length), stream.length));
            splitter.end();
            assertThat(seen).as("cut at " + cut).isEqualTo(MIXED);
        }
    }

    @Test
    void aStreamIsSplitAlikeByteByByte() {
        for (byte b : mixed()) {
            take(new byte[] {b});
        }
        splitter.end();
        assertThat(seen).isEqualTo(MIXED);
        assertThat(splitter.count()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "8100,           MASK_MISSING",
        "c180 00000000,  RESERVED_BIT_SET",
        "8380 00000000,  RESERVED_OPCODE",
        "8080 00000000,  CONTINUATION_WITHOUT_MESSAGE",
        "0980 00000000,  CONTROL_FRAME_FRAGMENTED",
        "8182 00000000 c328, TEXT_NOT_UTF8",
        "8881 00000000 03, CLOSE_PAYLOAD_OF_ONE_BYTE",
        "8882 00000000 03ee, CLOSE_CODE_INVALID",
        "81fe 0001 00000000 61, LENGTH_NOT_MINIMAL",
    })
    void aBrokenFrameIsShownWithItsRuleAndWhatComesAfterWithout(String frame, FrameRule rule) {
        byte[] bytes = hex(frame);
        take(hex("8180 00000000"));
        take(bytes);
        take(hex("8100"));
        String shown = HexFormat.of().formatHex(bytes);
        assertThat(seen).containsExactly("818000000000", shown + " " + rule, "8100");
    }

    @Test
    void theClientJudgesTheServersFrames() {
        splitter = splitter(Role.CLIENT, null);
        take(hex("8100", "8180 00000000"));
        assertThat(seen).containsExactly("8100", "818000000000 MASK_FORBIDDEN");
    }

    @Test
    void aFrameWhoseRestDoesNotComeIsShownAtTheEnd() {
        take(hex("8185 37fa213d 7f9f"));
        assertThat(seen).isEmpty();
        splitter.end();
        assertThat(seen).containsExactly("818537fa213d7f9f cut");
    }

    @Test
    void aHeaderWhoseRestDoesNotComeIsShownAtTheEnd() {
        take(hex("81"));
        splitter.end();
        assertThat(seen).containsExactly("81 cut");
    }

    @Test
    void aLengthThatNobodyCanSendIsNeverWaitedForAndKeepsNothing() {
        take(hex("82ff ffffffffffffffff 00000000"));
        take(new byte[100_000]);
        splitter.end();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0)).contains("…314 of 100014 cut LENGTH_HIGH_BIT_SET");
    }

    @Test
    void aCompressedMessageIsShownInflatedWithItsLastFrame() {
        splitter = splitter(Role.CLIENT, true);
        try (Zlib zlib = new Zlib()) {
            for (int i = 0; i < 2; i++) {
                byte[] deflated = zlib.deflate("Hello".getBytes(StandardCharsets.UTF_8));
                take(new byte[] {0x41, 1, deflated[0]});
                take(hex("8a00"));
                take(new byte[] {(byte) 0x80, (byte) (deflated.length - 1)});
                take(Arrays.copyOfRange(deflated, 1, deflated.length));
            }
        }
        assertThat(seen).hasSize(6);
        assertThat(seen.get(0)).doesNotContain("Hello");
        assertThat(seen.get(2)).endsWith(" \"Hello\" 5");
        assertThat(seen.get(5)).endsWith(" \"Hello\" 5");
        splitter.end();
    }

    @Test
    void aMessageThatIsNoDeflateIsShownWithItsRule() {
        splitter = splitter(Role.SERVER, true);
        take(hex("c182 00000000 ffff"));
        assertThat(seen).containsExactly("c18200000000ffff COMPRESSED_DATA_INVALID");
        splitter.end();
    }

    @Test
    void aBombIsNotInflatedBeyondTheBound() {
        splitter = splitter(Role.CLIENT, true);
        byte[] bomb = Zlib.bomb(4);
        take(new byte[] {(byte) 0xC2, 126, (byte) (bomb.length >> 8), (byte) bomb.length});
        take(bomb);
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0)).endsWith("…304 of " + (bomb.length + 4));
        splitter.end();
    }
}
