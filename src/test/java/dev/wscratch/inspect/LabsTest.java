package dev.wscratch.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.JsonValue;
import dev.wscratch.peer.LabPage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LabsTest {
    private static final String LAB = "0123456789abcdef0123456789abcdef";
    private static final Mark FIRST = new Mark(LAB, 1);

    private final Labs labs = new Labs(new About(true, "1", 1 << 20, 100, true, 8443, 100));
    private final Page page = new Page();

    @AfterEach
    void close() {
        labs.close();
    }

    /** Takes what it is told as long as it reads. */
    private static final class Page implements Outlet {
        final BlockingQueue<Map<String, Object>> reports = new LinkedBlockingQueue<>();
        volatile boolean reading = true;
        volatile boolean slow;
        volatile int ended;

        @Override
        public void send(Report report, Runnable done) {
            reports.add(JsonValue.object(ReportWriter.json(report)));
            if (reading) {
                done.run();
            }
        }

        @Override
        public void tooSlow() {
            slow = true;
        }

        @Override
        public void end(int code, String reason) {
            ended = code;
        }

        Map<String, Object> next() throws InterruptedException {
            Map<String, Object> report = reports.poll(10, TimeUnit.SECONDS);
            assertThat(report).isNotNull();
            return report;
        }

        @SuppressWarnings("unchecked") // The list of events is one of objects.
        List<Map<String, Object>> events(int count) throws InterruptedException {
            List<Map<String, Object>> events = new ArrayList<>();
            while (events.size() < count) {
                events.addAll((List<Map<String, Object>>) next().get("list"));
            }
            return events;
        }
    }

    private Watcher watch() throws InterruptedException {
        Watcher watcher = ((Labs.Admitted) labs.watch(LAB, page)).watcher();
        assertThat(page.next()).containsEntry("type", "watching").containsEntry("tls", 8443L);
        return watcher;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    private static String text(Map<String, Object> event, String field) {
        return new String(LabPage.bytes(event, field), ISO_8859_1);
    }

    @Test
    void aConnectionThatNobodyWatchesIsNotObserved() throws Exception {
        assertThat(labs.observe(FIRST, false)).isNull();
        Watcher watcher = watch();
        assertThat(labs.observe(new Mark("f".repeat(32), 1), false)).isNull();
        watcher.leave();
        assertThat(labs.observe(FIRST, false)).isNull();
        assertThat(labs.size()).isZero();
    }

    @Test
    void aConnectionGoesOnUnseenWhenItsWatcherLeaves() throws Exception {
        Watcher watcher = watch();
        Observation observation = labs.observe(FIRST, false);
        observation.received(bytes("GET / HTTP/1.1\r\n\r\n"));
        page.events(1);
        watcher.leave();
        observation.sent(bytes("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
        observation.ended("gone");
        assertThat(page.reports).isEmpty();
    }

    @Test
    void thereAreSoManyWatchersAndSoManyConnectionsOfEach() throws Exception {
        for (int i = 1; i < Labs.MOST_WATCHERS; i++) {
            String lab = String.format("%032x", i);
            assertThat(labs.watch(lab, new Page())).isInstanceOf(Labs.Admitted.class);
            labs.observe(new Mark(lab, 1), false);
        }
        watch();
        labs.joins(FIRST, new NoPeer());
        assertThat(((Labs.Refused) labs.watch("f".repeat(32), new Page()))
                        .problem()
                        .code())
                .isEqualTo("labs-full");
        for (int i = 1; i <= Watcher.MOST_CONNECTIONS; i++) {
            assertThat(labs.observe(new Mark(LAB, i), false)).isNotNull();
        }
        assertThat(labs.observe(new Mark(LAB, 99), false)).isNull();
        assertThat(page.events(1).get(0))
                .containsEntry("event", "lost")
                .containsEntry("connection", 99L)
                .containsEntry("frames", 0L);
    }

    @Test
    void theOldestThatHasNothingToWatchGivesWayWhenThereAreTooMany() throws Exception {
        watch();
        labs.observe(FIRST, false);
        Page idle = new Page();
        Page younger = new Page();
        assertThat(labs.watch("e".repeat(32), idle)).isInstanceOf(Labs.Admitted.class);
        for (int i = 2; i < Labs.MOST_WATCHERS; i++) {
            assertThat(labs.watch(String.format("%032x", i), younger)).isInstanceOf(Labs.Admitted.class);
        }
        assertThat(labs.watch("f".repeat(32), new Page())).isInstanceOf(Labs.Admitted.class);
        assertThat(idle.ended).isEqualTo(1013);
        assertThat(younger.ended).isZero();
        assertThat(page.ended).isZero();
        assertThat(labs.size()).isEqualTo(Labs.MOST_WATCHERS);
    }

    /** A page whose network went would else be locked out until the server finds the old connection dead. */
    @Test
    void aNewWatcherOfALabReplacesTheOldOne() throws Exception {
        Watcher old = watch();
        labs.observe(FIRST, false);
        Page again = new Page();
        assertThat(labs.watch(LAB, again)).isInstanceOf(Labs.Admitted.class);
        assertThat(again.next()).containsEntry("type", "watching");
        assertThat(page.ended).isEqualTo(1000);
        // Its own end comes later and must not take the new one along.
        old.leave();
        assertThat(labs.size()).isEqualTo(1);
        labs.observe(FIRST, false).received(bytes("GET / HTTP/1.1\r\n\r\n"));
        assertThat(again.events(1).get(0)).containsEntry("event", "handshake");
        assertThat(page.reports).isEmpty();
    }

    @Test
    void aNumberIsForOneConnectionAtATime() throws Exception {
        watch();
        Observation first = labs.observe(FIRST, false);
        assertThat(labs.observe(FIRST, false)).isNull();
        first.received(bytes("GET / HTTP/1.1\r\n\r\n"));
        first.ended("gone");
        assertThat(labs.observe(FIRST, false)).isNotNull();
    }

    @Test
    void anAnswerIsToldWholeHoweverItCame() throws Exception {
        watch();
        String head = "HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!";
        for (int cut = 0; cut <= head.length(); cut++) {
            Observation observation = labs.observe(FIRST, true);
            observation.received(bytes("GET / HTTP/1.1\r\n\r\n"));
            observation.sent(bytes(head.substring(0, cut)));
            observation.sent(bytes(head.substring(cut)));
            observation.ended("the client ended TCP (FIN)");
            List<Map<String, Object>> events = page.events(3);
            assertThat(events.get(0)).containsEntry("secure", true);
            assertThat(text(events.get(1), "response")).isEqualTo(head);
            assertThat(events.get(2)).containsEntry("cause", "the client ended TCP (FIN)");
        }
    }

    @Test
    void aHeadThatHasNoEndIsToldWithTheEnd() throws Exception {
        watch();
        Observation observation = labs.observe(FIRST, false);
        observation.received(bytes("GET / HTTP/1.1\r\n\r\n"));
        observation.sent(bytes("HTTP/1.1 101 Swi"));
        observation.ended("gone");
        assertThat(text(page.events(3).get(1), "response")).isEqualTo("HTTP/1.1 101 Swi");
    }

    @Test
    void anEndlessHeadIsToldOnceAndThenAsBytes() throws Exception {
        watch();
        Observation observation = labs.observe(FIRST, false);
        observation.received(bytes("GET / HTTP/1.1\r\n\r\n"));
        observation.sent(bytes("HTTP/1.1 101 Switching Protocols\r\n" + "X: y\r\n".repeat(4000)));
        List<Map<String, Object>> events = page.events(3);
        assertThat(events.get(1)).containsEntry("event", "answer").containsEntry("length", 16384L);
        assertThat(events.get(2)).containsEntry("event", "bytes");
    }

    @Test
    void framesGoBesideTheSessionWhereTheServerHasAWay() throws Exception {
        Watcher watcher = watch();
        List<ByteBuffer> sent = new ArrayList<>();
        labs.observe(FIRST, false).upgraded(sent::addAll);
        labs.joins(FIRST, new NoPeer());
        watcher.obey(new Command.Send(3, 1, true, List.of(bytes("a"), bytes("b"))));
        assertThat(page.next()).containsEntry("type", "done");
        assertThat(sent).containsExactly(bytes("\u0001\u0001a"), bytes("\u0080\u0001b"));
    }

    @Test
    void aPeerThatFailsIsAProblem() throws Exception {
        Watcher watcher = watch();
        NoPeer peer = new NoPeer();
        labs.joins(FIRST, peer);
        watcher.obey(new Command.Ping(3, 1, bytes("")));
        assertThat(page.next()).containsEntry("code", "not-sent").containsEntry("id", 3L);
        labs.leaves(FIRST, peer);
        watcher.obey(new Command.Ping(4, 1, bytes("")));
        assertThat(page.next()).containsEntry("code", "unknown-connection");
    }

    @Test
    void aPageThatCommandsTooFastIsRefused() throws Exception {
        Watcher watcher = watch();
        for (int i = 0; i <= Watcher.MOST_COMMANDS; i++) {
            watcher.obey(new Command.Ping(i, 1, bytes("")));
        }
        Map<String, Object> last = page.next();
        for (int i = 1; i <= Watcher.MOST_COMMANDS; i++) {
            last = page.next();
        }
        assertThat(last).containsEntry("code", "too-fast");
    }

    @Test
    void aPageThatAsksAndDoesNotReadIsTooSlow() throws Exception {
        Watcher watcher = watch();
        page.reading = false;
        for (int i = 0; i < Mailbox.MOST_REPLIES + 2; i++) {
            watcher.obey(new Command.Ping(i, 1, bytes("")));
        }
        assertThat(page.slow).isTrue();
    }

    @Test
    void nothingTellsALabButItsPage() {
        assertThat(FIRST.toString() + new Command.Watch(LAB)).doesNotContain(LAB);
    }

    /** Fails whatever it is asked for. */
    private static final class NoPeer implements Peer {
        @Override
        public void ping(ByteBuffer payload) {
            throw new IllegalStateException("closed");
        }

        @Override
        public void sendText(List<String> parts) {
            throw new IllegalStateException("closed");
        }

        @Override
        public void sendBinary(List<ByteBuffer> parts) {
            throw new IllegalStateException("closed");
        }

        @Override
        public void close(int code, String reason) {
            throw new IllegalStateException("closed");
        }
    }
}
