package dev.wscratch.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as chance makes them come back as they were. */
class RoundTripTest {
    private static final int MESSAGES = 500;
    private static final List<Problem.Code> CODES = List.of(Problem.Code.values());

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_123, 4_611_686_018_427_387_904L})
    void whatIsWrittenIsRead(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < MESSAGES; i++) {
            Message message = message(random);
            Reading same = new Reading.Understood(message);
            assertThat(new JsonDecoder()
                            .decode(new JsonEncoder().encode(new OutgoingJson(message)))
                            .reading())
                    .as("JSON, seed %s, message %s", seed, i)
                    .isEqualTo(same);
            ByteBuffer cbor = new CborEncoder().encode(new OutgoingCbor(message));
            int size = cbor.remaining();
            IncomingCbor incoming = new CborDecoder().decode(cbor);
            assertThat(incoming).as("CBOR, seed %s, message %s", seed, i).isEqualTo(new IncomingCbor(same, size));
        }
    }

    private static Message message(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> new Message.Echo(text(random, random.nextInt(3) == 0 ? 3_000 : 30));
            case 1 -> new Message.Ping(integer(random) * (random.nextBoolean() ? 1 : -1));
            case 2 -> new Message.Pong(-integer(random), integer(random));
            case 3 -> new Message.Live(random.nextBoolean(), random.nextInt(100, 60_001));
            case 4 -> new Message.Time(integer(random), integer(random));
            case 5 -> new Message.FilePart(name(random), integer(random), random.nextBoolean(), data(random));
            case 6 -> new Message.Progress(name(random), integer(random));
            case 7 ->
                new Message.Result(
                        name(random),
                        integer(random),
                        "%064x".formatted(random.nextLong()),
                        random.nextBoolean() ? OptionalLong.of(integer(random)) : OptionalLong.empty());
            default -> new Problem(CODES.get(random.nextInt(CODES.size())), text(random, 40), text(random, 10));
        };
    }

    private static long integer(Random random) {
        return random.nextLong() >>> random.nextInt(11, 64);
    }

    private static ByteBuffer data(Random random) {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static String name(Random random) {
        return "n" + text(random, 100);
    }

    /** Of every plane, and often of what must be escaped. */
    private static String text(Random random, int most) {
        Supplier<Integer> character = () -> switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> random.nextInt(0x800);
            case 2 -> random.nextInt(0xD800);
            default -> random.nextInt(0xE000, 0x110000);
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.appendCodePoint(character.get());
        }
        return text.toString();
    }
}
