package dev.wscratch.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of README.md, both ways. */
class GoldenTest {
    private static final long TIME = 1_700_000_000_000L;

    private static final Map<String, Message> MESSAGES = Map.ofEntries(
            Map.entry("echo", new Message.Echo("Grüße 🙂 \"\\\n")),
            Map.entry("ping", new Message.Ping(17)),
            Map.entry("ping-least", new Message.Ping(-Message.MAX_INTEGER)),
            Map.entry("pong", new Message.Pong(17, TIME)),
            Map.entry("live-on", new Message.Live(true, 1000)),
            Map.entry("live-off", new Message.Live(false, 1000)),
            Map.entry("time", new Message.Time(TIME, 2)),
            Map.entry("file-part", part("notes.txt", 0, false, "one\ntw".getBytes(UTF_8))),
            Map.entry("file-last", part("notes.txt", 6, true, "o\n".getBytes(UTF_8))),
            Map.entry("file-bytes", part("pixel.bin", 0, true, new byte[] {0, -1, 16})),
            Map.entry("progress", new Message.Progress("notes.txt", 6)),
            Map.entry(
                    "result-text",
                    new Message.Result(
                            "notes.txt",
                            8,
                            "c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8",
                            OptionalLong.of(2))),
            Map.entry(
                    "result-bytes",
                    new Message.Result(
                            "pixel.bin",
                            3,
                            "2da45f2cd1f9c8e69a67abf7a6b26c282533d0a7686787a9533265418680d4d2",
                            OptionalLong.empty())),
            Map.entry("problem", new Problem(Problem.Code.MISSING_FIELD, "an integer", "/stamp")));

    private static Message part(String name, long offset, boolean last, byte[] data) {
        return new Message.FilePart(name, offset, last, ByteBuffer.wrap(data));
    }

    @TestFactory
    List<DynamicTest> eachExampleIsReadAndWritten() {
        return Golden.all().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
                    Message message = MESSAGES.get(golden.name());
                    byte[] cbor = HexFormat.of().parseHex(golden.cbor());
                    assertThat(MessageReader.json(golden.json())).isEqualTo(new Reading.Understood(message));
                    assertThat(MessageReader.cbor(cbor)).isEqualTo(new Reading.Understood(message));
                    assertThat(MessageWriter.json(message)).isEqualTo(golden.json());
                    assertThat(MessageWriter.cbor(message)).isEqualTo(ByteBuffer.wrap(cbor));
                }))
                .toList();
    }

    @Test
    void thereIsAnExampleOfEachMessage() {
        assertThat(Golden.all()).extracting(Golden::name).containsExactlyInAnyOrderElementsOf(MESSAGES.keySet());
        assertThat(MESSAGES.values().stream().map(Object::getClass).distinct()).hasSize(9);
    }

    @Test
    void theReadmeShowsTheExamples() throws Exception {
        assertThat(Files.readString(Path.of("README.md"))).contains("```\n" + Golden.examples() + "```");
    }
}
