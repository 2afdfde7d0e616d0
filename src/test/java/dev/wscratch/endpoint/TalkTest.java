package dev.wscratch.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.message.CborDecoder;
import dev.wscratch.message.JsonDecoder;
import dev.wscratch.message.Message;
import dev.wscratch.message.OutgoingCbor;
import dev.wscratch.message.OutgoingJson;
import dev.wscratch.message.Problem;
import dev.wscratch.message.Problem.Code;
import dev.wscratch.message.Subprotocol;
import dev.wscratch.peer.LogLines;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TalkTest {
    private static final String CBOR_PING = "a264747970656470696e67657374616d7011";

    private final FakeSession fake = new FakeSession();
    private final Deployment deployment = new Deployment(100);
    private final Talk talk = new Talk(deployment);

    @AfterEach
    void end() {
        deployment.close();
    }

    @Test
    void aSessionWithoutASubprotocolSpeaksJson() {
        say("{\"type\":\"echo\",\"text\":\"hi\"}");
        assertThat(fake.sent).containsExactly(new OutgoingJson(new Message.Echo("hi")));
    }

    @Test
    void aSessionThatAgreedOnCborSpeaksCbor() {
        fake.subprotocol = Subprotocol.CBOR;
        long before = System.currentTimeMillis();
        say(HexFormat.of().parseHex(CBOR_PING));
        assertThat(fake.sent).hasSize(1).first().isInstanceOfSatisfying(OutgoingCbor.class, outgoing -> {
            Message.Pong pong = (Message.Pong) outgoing.message();
            assertThat(pong.stamp()).isEqualTo(17);
            assertThat(pong.time()).isBetween(before, System.currentTimeMillis());
        });
    }

    @Test
    void whatIsAskedOfLiveIsWhatIsInEffect() {
        say("{\"type\":\"live\",\"on\":true}");
        say("{\"type\":\"live\",\"on\":false,\"every\":500}");
        assertThat(fake.sent)
                .containsExactly(
                        new OutgoingJson(new Message.Live(true, 1000)), new OutgoingJson(new Message.Live(false, 500)));
    }

    @Test
    void aFrameOfTheOtherKindIsAProblemEvenIfItsMessageIsRight() {
        say(HexFormat.of().parseHex(CBOR_PING));
        assertThat(problem(0).code()).isEqualTo(Code.WRONG_FORMAT);
        fake.subprotocol = Subprotocol.CBOR;
        Talk other = new Talk(deployment);
        other.onOpen(fake.session);
        other.onText(new JsonDecoder().decode("{\"type\":\"ping\",\"stamp\":1}"), fake.session);
        assertThat(((OutgoingCbor) fake.sent.get(1)).message())
                .isEqualTo(new Problem(Code.WRONG_FORMAT, "a binary message with one CBOR map (wscratch.v1.cbor)", ""));
    }

    @Test
    void whatNoServerIsAskedForIsAnUnknownOperation() {
        say("{\"type\":\"pong\",\"stamp\":1,\"time\":2}");
        say("{\"type\":\"problem\",\"code\":\"syntax\",\"expected\":\"\",\"at\":\"\"}");
        say("{\"type\":\"shout\"}");
        for (int i = 0; i < 3; i++) {
            assertThat(problem(i))
                    .isEqualTo(new Problem(
                            Code.UNKNOWN_OPERATION, "one of the operations echo, ping, live and file", "/type"));
        }
    }

    @Test
    void anInvalidMessageIsAProblemAndTheConnectionLivesOn() {
        say("{");
        say("{\"type\":\"ping\"}");
        assertThat(problem(0).code()).isEqualTo(Code.SYNTAX);
        assertThat(problem(1))
                .isEqualTo(new Problem(
                        Code.MISSING_FIELD, "an integer from -9007199254740991 to 9007199254740991", "/stamp"));
        assertThat(closes()).isEmpty();
    }

    @Test
    void aMessageBeyondTheLimitClosesWith1009() {
        say("{\"type\":\"echo\",\"text\":\"" + "a".repeat(100) + "\"}");
        assertThat(fake.sent).isEmpty();
        assertThat(closes()).containsExactly("close 1009 message of 125 bytes, at most 100 allowed");
    }

    @Test
    void aSendThatFailsEscapesFromNoCallback() throws Exception {
        try (LogLines log = new LogLines("dev.wscratch.endpoint")) {
            fake.failure = new IOException("gone");
            say("{\"type\":\"ping\",\"stamp\":1}");
            assertThat(closes()).isEmpty();
            fake.failure = new IllegalStateException("already closed");
            say("{\"type\":\"ping\",\"stamp\":1}");
            assertThat(closes()).containsExactly("close 1011 internal error");
            assertThat(log.all()).anyMatch(line -> line.contains("why=\"IllegalStateException: already closed\""));
        }
    }

    @Test
    void aCloseThatFailsEscapesFromNoCallback() {
        fake.failure = new IllegalStateException("already closed");
        fake.closeFailure = new IllegalStateException("already closed");
        try (LogLines log = new LogLines("dev.wscratch.endpoint")) {
            say("{\"type\":\"ping\",\"stamp\":1}");
            assertThat(log.all())
                    .anyMatch(line ->
                            line.startsWith("DEBUG lost ") && line.contains("IllegalStateException: already closed"));
        }
    }

    @Test
    void theEndOfTheSessionEndsItsLiveTime() {
        say("{\"type\":\"live\",\"on\":true,\"every\":60000}");
        assertThat(deployment.pendingTasks()).isEqualTo(1);
        talk.onClose(new CloseReason(CloseCodes.NORMAL_CLOSURE, ""));
        assertThat(deployment.pendingTasks()).isZero();
    }

    private void say(String json) {
        open();
        talk.onText(new JsonDecoder().decode(json), fake.session);
    }

    private void say(byte[] cbor) {
        open();
        talk.onBinary(new CborDecoder().decode(ByteBuffer.wrap(cbor)), fake.session);
    }

    private void open() {
        if (fake.done.isEmpty()) {
            talk.onOpen(fake.session);
        }
    }

    private Problem problem(int index) {
        return (Problem) ((OutgoingJson) fake.sent.get(index)).message();
    }

    private List<String> closes() {
        return fake.done.stream().filter(line -> line.startsWith("close")).toList();
    }
}
