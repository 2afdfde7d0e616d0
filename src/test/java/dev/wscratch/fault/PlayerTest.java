package dev.wscratch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.RawPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayerTest {
    private final FakeLine line = new FakeLine();

    private Player play(String path) {
        Player player = new Player(FaultsTest.script(path, List.of()), line);
        player.start();
        line.takeSent();
        line.events().clear();
        return player;
    }

    private static void send(Player player, String... frames) {
        for (String frame : frames) {
            player.received(ByteBuffer.wrap(FaultCase.frame(frame)));
        }
    }

    private String sent() {
        return HexFormat.ofDelimiter(" ").formatHex(line.takeSent());
    }

    @Test
    void aSlowEchoSendsEachByteInItsTime() {
        send(play("slow-echo/10"), "text:Hey");
        line.pass(Duration.ofSeconds(1));
        assertThat(line.events())
                .containsExactly("0 sends 1", "100 sends 1", "200 sends 1", "300 sends 1", "400 sends 1");
    }

    @Test
    void aPongDoesNotCutASlowFrameInTwo() {
        Player player = play("slow-echo/10");
        send(player, "text:a", "text:b", "ping:x");
        line.pass(Duration.ofSeconds(1));
        assertThat(sent()).isEqualTo("81 01 61 8a 01 78 81 01 62");
    }

    @Test
    void aCloseIsAnsweredAfterTheFrameUnderWayAndBeforeThoseThatWait() {
        Player player = play("slow-echo/10");
        send(player, "text:a", "text:b", "close:1000");
        line.pass(Duration.ofSeconds(1));
        assertThat(sent()).isEqualTo("81 01 61 88 02 03 e8");
        assertThat(line.events()).endsWith("200 sends 4", "200 closes");
    }

    @Test
    void lateEchoesKeepTheirOrderWhateverTheJitter() {
        Player player = play("late-echo?delay=100ms&jitter=1s&seed=7");
        send(player, "text:a", "text:b", "text:c", "text:d");
        line.pass(Duration.ofMillis(99));
        assertThat(line.events()).isEmpty();
        line.pass(Duration.ofSeconds(2));
        assertThat(sent()).isEqualTo("81 01 61 81 01 62 81 01 63 81 01 64");
    }

    @Test
    void theSameSeedGivesTheSameJitter() {
        send(play("late-echo?delay=0ms&jitter=1s&seed=7"), "text:a");
        line.pass(Duration.ofSeconds(2));
        List<String> first = List.copyOf(line.events());
        FakeLine again = new FakeLine();
        Player player = new Player(FaultsTest.script("late-echo?delay=0ms&jitter=1s&seed=7", List.of()), again);
        player.start();
        again.events().clear();
        player.received(ByteBuffer.wrap(FaultCase.frame("text:a")));
        again.pass(Duration.ofSeconds(2));
        assertThat(again.events()).isEqualTo(first).hasSize(1);
    }

    @Test
    void answersThatPileUpStopTheReading() {
        Player player = play("late-echo?delay=1s");
        byte[] large = RawPeer.frame(0x82, new byte[200 << 10]);
        player.received(ByteBuffer.wrap(large.clone()));
        assertThat(line.events()).isEmpty();
        player.received(ByteBuffer.wrap(large.clone()));
        assertThat(line.events()).containsExactly("0 stops reading");
        line.pass(Duration.ofSeconds(1));
        assertThat(line.events()).contains("1000 reads again");
    }

    @Test
    void aMessageAboveItsBoundIsRefusedAtItsHeader() {
        send(play("ignored-pings"));
        Player player = play("fragmented-echo");
        player.received(ByteBuffer.wrap(RawPeer.header(0x82, (256 << 10) + 1)));
        assertThat(sent()).startsWith("88 ").contains(" 03 f1 ");
        assertThat(line.hasEnded()).isTrue();
    }

    @Test
    void aClientThatBreaksARuleIsClosed() {
        Player player = play("late-echo");
        player.received(ByteBuffer.wrap(new byte[] {(byte) 0x81, 1, 'a'}));
        assertThat(sent()).contains(" 03 ea ");
        assertThat(line.hasEnded()).isTrue();
    }

    @Test
    void theMomentComesAfterTheMessagesAndAfterTheDelay() {
        Player player = play("close/4000?messages=2&delay=500ms");
        line.pass(Duration.ofSeconds(1));
        send(player, "text:a", "text:b");
        line.pass(Duration.ofSeconds(1));
        assertThat(line.events()).containsExactly("1000 sends 3", "1000 sends 3", "1500 sends 4");
    }

    @Test
    void theClientMayCloseBeforeTheMoment() {
        Player player = play("close/4000?delay=5s");
        line.pass(Duration.ofSeconds(1));
        send(player, "close:1001");
        assertThat(sent()).isEqualTo("88 02 03 e9");
        line.pass(Duration.ofMinutes(6));
        assertThat(line.events()).containsExactly("1000 sends 4", "1000 closes");
    }

    @Test
    void aDeafServerStopsReading() {
        play("deaf");
        FakeLine other = new FakeLine();
        new Player(FaultsTest.script("deaf", List.of()), other).start();
        assertThat(other.events()).contains("0 stops reading");
    }

    @Test
    void aFloodKeepsItsPace() {
        play("ping-flood?count=100&rate=100&size=0");
        line.pass(Duration.ofMillis(500));
        assertThat(line.events().size()).isBetween(49, 51);
        line.pass(Duration.ofMillis(600));
        assertThat(sent()).endsWith("89 00 88 02 03 e8");
    }

    @Test
    void nothingIsDoneOnceTheConnectionIsGone() {
        Player player = play("no-pong");
        player.gone();
        line.pass(Duration.ofMinutes(6));
        assertThat(line.events()).isEmpty();
        assertThat(line.pendingTasks()).isZero();
    }

    @Test
    void aBombIsAMessageOfZerosThatGrowsAThousandfold() throws Exception {
        ByteBuffer bomb = DeflateFaults.bomb(3);
        int headerLength = 4;
        java.util.zip.Inflater inflater = new java.util.zip.Inflater(true);
        byte[] tail = {0, 0, (byte) 0xFF, (byte) 0xFF};
        inflater.setInput(Frames.join(bomb.slice(headerLength, bomb.remaining() - headerLength), ByteBuffer.wrap(tail))
                .array());
        byte[] out = new byte[4 << 20];
        int count = inflater.inflate(out);
        inflater.end();
        assertThat(count).isEqualTo(3 << 20);
        assertThat(out).containsOnly(0);
        assertThat(bomb.remaining()).isLessThan(3 * 1100);
        assertThat(DeflateFaults.bomb(1024).remaining()).isLessThan(1200 << 10);
    }
}
