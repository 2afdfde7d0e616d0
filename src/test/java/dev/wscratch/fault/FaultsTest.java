package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.wscratch.peer.RawPeer;
import dev.wscratch.wire.Handshake;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bytes of each script, without a socket, in a time of their own. */
class FaultsTest {
    @TestFactory
    List<DynamicTest> aFaultSendsTheBytesThatItPromises() {
        return FaultCase.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.path(), () -> check(one)))
                .toList();
    }

    private static void check(FaultCase one) {
        FakeLine line = new FakeLine();
        Player player = new Player(script(one.path(), FaultCase.OFFERS), line);
        player.start();
        player.received(ByteBuffer.wrap(one.clientBytes()));
        line.pass(Duration.ofSeconds(10));
        assertThat(line.takeSent()).isEqualTo(one.expected());
        boolean stays = one.end() == FaultCase.End.STAYS || one.path().startsWith("tcp/half-close");
        boolean closable = one.end() == FaultCase.End.ANSWERS_CLOSE || one.end() == FaultCase.End.ENDS_ON_CLOSE;
        assertThat(line.hasEnded()).as(line.events().toString()).isEqualTo(!stays && !closable);
        if (closable) {
            player.received(ByteBuffer.wrap(FaultCase.frame("close:1002")));
            byte[] answer = {(byte) 0x88, 2, 3, (byte) 0xEA};
            assertThat(line.takeSent()).isEqualTo(one.end() == FaultCase.End.ANSWERS_CLOSE ? answer : new byte[0]);
            assertThat(line.hasEnded()).isTrue();
        }
    }

    @Test
    void theMarkOfAPageThatWatchesIsNoParameterOfAFault() {
        assertThat(Faults.answer("/fault/masked", "lab=0123.1&messages=1")).isInstanceOf(Faults.Playable.class);
        assertThat(Faults.answer("/fault/masked", "labs=1")).isInstanceOf(Faults.Refused.class);
    }

    @Test
    void everyFaultHasSuchACase() {
        Set<String> shown = FaultCase.all().stream()
                .map(one -> Faults.all().stream()
                        .map(Fault::id)
                        .filter(id -> one.path().matches(id + "([/?].*)?"))
                        .findFirst()
                        .orElse("an alias"))
                .collect(Collectors.toSet());
        assertThat(shown).containsAll(Faults.all().stream().map(Fault::id).toList());
    }

    /** Whatever is asked for, it ends, and what it sends by itself is bounded. */
    @Test
    void everyFaultEndsByItselfWithinSixMinutes() {
        for (FaultCase one : FaultCase.all()) {
            FakeLine line = new FakeLine();
            Player player = new Player(script(one.path(), FaultCase.OFFERS), line);
            player.start();
            line.pass(Duration.ofMinutes(6));
            assertThat(line.hasEnded()).as(one.path()).isTrue();
            assertThat(line.pendingTasks()).as(one.path()).isZero();
        }
    }

    @Test
    void theLargestOfEverythingStaysWithinAFewMebibytes() {
        for (String path : List.of(
                "bomb/1024",
                "ping-flood?count=20000&rate=10000&size=125",
                "endless-head?rate=100000&for=2m",
                "data-after-close?count=1000",
                "big-control?size=65536")) {
            FakeLine line = new FakeLine();
            new Player(script(path, FaultCase.OFFERS), line).start();
            line.pass(Duration.ofMinutes(6));
            assertThat(line.takeSent().length).as(path).isLessThan(13 << 20);
        }
    }

    @Test
    void aBadParameterIsAnsweredBy400WithWhatWasExpected() {
        assertThat(refused("close/70000")).startsWith("400 code: expected 0 to 65535, got \"70000\"");
        assertThat(refused("close?code=abc")).startsWith("400 code: expected 0 to 65535, got \"abc\"");
        assertThat(refused("close/1000?code=1001")).startsWith("400 code: expected it once, got it twice");
        assertThat(refused("close?delay=5")).startsWith("400 delay: expected 0ms to 60s, such as 500ms or 2s");
        assertThat(refused("close?delay=61s")).startsWith("400 delay: expected 0ms to 60s");
        assertThat(refused("close?reason=" + "x".repeat(124))).startsWith("400 reason: expected 0 to 123 bytes");
        assertThat(refused("close/1000/x")).startsWith("400 expected at most 1 path segments");
        assertThat(refused("close?kode=1000"))
                .startsWith("400 expected one of [code, reason, messages, delay], got the parameter \"kode\"");
        assertThat(refused("bad-accept?x")).startsWith("400 expected no parameter, got the parameter \"x\"");
        assertThat(refused("opcode/8")).startsWith("400 opcode: expected 3 to 7 or 11 to 15");
        assertThat(refused("bad-utf8/nice"))
                .startsWith("400 how: expected whole, split, cut, overlong, surrogate, got \"nice\"");
        assertThat(refused("status?header=A:b%0d%0aC:d"))
                .startsWith("400 header: expected 0 to 1024 visible ASCII characters or blanks");
        assertThat(refused("redirect/200")).startsWith("400 status: expected 301, 302, 303, 307, 308");
        assertThat(refused("mid-frame?announced=9223372036854775808")).startsWith("400 announced: expected 6 to ");
    }

    @Test
    void anUnknownFaultIsAnsweredBy404WithTheNames() {
        assertThat(refused("unknown"))
                .startsWith("404 expected /fault/ and one of bad-accept, ")
                .contains("bomb; got");
        assertThat(refused("")).startsWith("404 ");
        assertThat(refused("close%0a/x")).startsWith("404 ");
    }

    @Test
    void aFaultThatNeedsCompressionTellsAClientThatOffersNone() {
        assertThat(plan("bomb", List.of())).isInstanceOfSatisfying(Faults.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text())
                    .contains("expected a client that offers permessage-deflate, got an offer of nothing");
        });
    }

    static Script script(String path, List<String> headers) {
        return (Script) plan(path, headers);
    }

    private static Faults.Plan plan(String path, List<String> headers) {
        Faults.Answer answer = answer(path);
        if (!(answer instanceof Faults.Playable playable)) {
            return fail(path + ": " + answer);
        }
        ByteBuffer request = ByteBuffer.wrap(RawPeer.request(80, "/fault/" + path, headers.toArray(String[]::new))
                .getBytes(StandardCharsets.ISO_8859_1));
        RequestHead head = (RequestHead) RequestHead.parse(request, HeadLimits.DEFAULT);
        return playable.playwright().plan((Handshake.Accepted) Handshake.judge(head));
    }

    private static String refused(String path) {
        Faults.Refused refused = (Faults.Refused) answer(path);
        return refused.status() + " " + refused.text();
    }

    private static Faults.Answer answer(String path) {
        int question = path.indexOf('?');
        return question < 0
                ? Faults.answer("/fault/" + path, null)
                : Faults.answer("/fault/" + path.substring(0, question), path.substring(question + 1));
    }
}
