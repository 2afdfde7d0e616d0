package dev.wscratch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "81 85 37 fa 21 3d 7f 9f 4d 51 58",
                "0x81 0x85 0x37 0xfa 0x21 0x3d 0x7f 0x9f 0x4d 0x51 0x58",
                "818537fa213d7f9f4d5158",
                "81:85:37:fa:21:3d:7f:9f:4d:51:58",
                "0x81,0x85,0x37,0xFA,0x21,0x3D,0x7F,0x9F,0x4D,0x51,0x58",
                "\\x81\\x85\\x37\\xfa\\x21\\x3d\\x7f\\x9f\\x4d\\x51\\x58",
                "00000000  81 85 37 fa 21 3d 7f 9f  4d 51 58                       |..7.!=..MQX|\n0000000b\n",
                "00000000: 8185 37fa 213d 7f9f 4d51 58              ..7.!=..MQX\n",
                "000000 81 85 37 fa 21 3d 7f 9f\n000008 4d 51 58\n00000b\n",
            })
    void aFrameIsReadFromHexAsPeopleAndProgramsWriteIt(String hex) {
        Run run = Run.withInput(hex, false, "explain", "-");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("frame at byte 0, 11 bytes")
                .contains("FIN=1 RSV=000 opcode=1 (text)", "MASK=1 length=5", "masking key", "7f ⊕ 37 = 48")
                .endsWith("  text: \"Hello\"\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void severalFramesOfAMessageAreOneText() {
        Run run = Run.of("explain", "01", "03", "48656c", "89", "00", "80", "02", "6c6f");
        assertThat(run.out())
                .contains("frame at byte 0, 5 bytes", "frame at byte 5, 2 bytes", "  ping: (empty)")
                .contains("frame at byte 7, 4 bytes")
                .endsWith("  text: \"Hello\"\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aCompressedMessageIsInflatedWhenThatWasAgreedAndWrongOtherwise() {
        // RFC 7692 section 7.2.3.1.
        String[] frame = {"c1", "07", "f2", "48", "cd", "c9", "c9", "07", "00"};
        Run agreed = Run.of(with("--deflate", frame));
        assertThat(agreed.out()).endsWith("  text, inflated: \"Hello\"\n");
        assertThat(agreed.exitCode()).isZero();
        Run not = Run.of(with("--role=server", frame));
        assertThat(not.out()).contains("  WRONG: ", "RFC 6455 5.2", "  try: ", "the receiver closes with 1002");
        assertThat(not.exitCode()).isEqualTo(6);
    }

    private static String[] with(String option, String... hex) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("explain", option), java.util.Arrays.stream(hex))
                .toArray(String[]::new);
    }

    @Test
    void aMaskIsRightOrWrongByWhoSentIt() {
        assertThat(Run.of("explain", "8100").exitCode()).isZero();
        assertThat(Run.of("explain", "--role", "server", "8100").exitCode()).isZero();
        Run client = Run.of("explain", "--role", "client", "8100");
        assertThat(client.out()).contains("WRONG", "RFC 6455 5.1");
        assertThat(client.exitCode()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "8105 48", "817e00", "0100"})
    void whatIsCutShortIsToldAndExitCode6(String hex) {
        Run run = Run.of("explain", hex);
        assertThat(run.out()).contains("WRONG: cut short: expected ");
        assertThat(run.exitCode()).isEqualTo(6);
    }

    @Test
    void aCloseFrameSaysItsCodeAndWhatComesBehindItIsNotJudged() {
        Run run = Run.of("explain", "8805 0fa1 1b5b4a 8100");
        assertThat(run.out()).contains("  close 4001", "\"\\u001b[J\"", "not judged");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aCaptureMayBeginWithAHandshake(@TempDir Path folder) throws Exception {
        String head = String.join(
                "\r\n",
                "GET /chat HTTP/1.1",
                "Host: a.test",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                "",
                "");
        Path file = folder.resolve("capture.bin");
        byte[] frame = HexFormat.of().parseHex("818537fa213d7f9f4d5158");
        Files.write(file, head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Files.write(file, frame, java.nio.file.StandardOpenOption.APPEND);
        Run run = Run.of("explain", file.toString());
        assertThat(run.out())
                .startsWith("request, ")
                .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "text: \"Hello\"");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aHandshakeThatBreaksARuleSaysWhich() {
        Run run = Run.withInput(
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                false,
                "explain",
                "-");
        assertThat(run.out()).contains("WRONG: expected ", "RFC 6455 4");
        assertThat(run.exitCode()).isEqualTo(6);
    }

    @Test
    void hexOfManyKibibytesIsReadAsHex(@TempDir Path folder) throws Exception {
        // One binary message of 64 KiB, then a thousand empty Pongs.
        String hex = "827f0000000000010000" + "00".repeat(65_536) + " \\x8a\\x00".repeat(1_000);
        Path file = Files.writeString(folder.resolve("capture.hex"), hex);
        Run run = Run.of("explain", file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("frame at byte 0, 65546 bytes").contains("frame at byte 67544, 2 bytes");
        assertThat(run.exitCode()).isZero();
    }
}
