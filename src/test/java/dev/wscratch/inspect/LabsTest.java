package dev.wscratch.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.peer.JsonValue;
import dev.wscratch.peer.LabPage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
        Watcher watcher = labs.watch(LAB, null, page);
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
    void thereAreSoManyConnectionsOfAWatcher() throws Exception {
        watch();
        for (int i = 1; i <= Watcher.MOST_CONNECTIONS; i++) {
            assertThat(labs.observe(new Mark(LAB, i), false)).isNotNull();
        }
        assertThat(labs.observe(new Mark(LAB, 99), false)).isNull();
        assertThat(page.events(1).get(0))
                .containsEntry("event", "lost")
                .containsEntry("connection", 99L)
                .containsEntry("frames", 0L);
    }

    /** Of the documentation networks; by their last byte. */
    private static InetAddress client(int last) throws Exception {
        return InetAddress.getByAddress(new byte[] {(byte) 198, 51, 100, (byte) last});
    }

    private Page another(int lab, InetAddress client) {
        Page another = new Page();
        labs.watch(String.format("%032x", lab), client, another);
        return another;
    }

    /** Found by review: one client with 64 labs, a connection of each open, shut everybody out. */
    @Test
    void aClientThatWatchesTooManyLabsLosesItsOwnOldest() throws Exception {
        Page other = another(99, client(2));
        List<Page> pages = new ArrayList<>();
        for (int i = 1; i <= Labs.MOST_OF_A_CLIENT; i++) {
            pages.add(another(i, client(1)));
            labs.observe(new Mark(String.format("%032x", i), 1), false);
        }
        assertThat(pages).allSatisfy(one -> assertThat(one.ended).isZero());
        another(Labs.MOST_OF_A_CLIENT + 1, client(1));
        assertThat(pages.get(0).ended).isEqualTo(1013);
        assertThat(pages.subList(1, pages.size()))
                .allSatisfy(one -> assertThat(one.ended).isZero());
        assertThat(other.ended).isZero();
        assertThat(labs.size()).isEqualTo(1 + Labs.MOST_OF_A_CLIENT);
    }

    @Test
    void whoTakesAPlaceOfItsOwnNeedsNoOther() throws Exception {
        Page first = another(1, client(1));
        for (int i = 2; i <= Labs.MOST_OF_A_CLIENT; i++) {
            another(i, client(1));
        }
        Page again = another(Labs.MOST_OF_A_CLIENT, client(1));
        assertThat(first.ended).isZero();
        assertThat(again.ended).isZero();
        assertThat(labs.size()).isEqualTo(Labs.MOST_OF_A_CLIENT);
    }

    @Test
    void theOldestOfTheClientWithTheMostGivesWayWhenAllTogetherAreTooMany() throws Exception {
        Page alone = another(1, client(100));
        Page two = another(2, client(101));
        Page twoAgain = another(3, client(101));
        for (int i = 4; i <= Labs.MOST_WATCHERS; i++) {
            another(i, client(i));
        }
        Page last = another(65, client(200));
        assertThat(two.ended).isEqualTo(1013);
        assertThat(List.of(alone, twoAgain, last))
                .allSatisfy(one -> assertThat(one.ended).isZero());
        another(66, client(201));
        assertThat(alone.ended).as("the oldest of those that have one each").isEqualTo(1013);
        assertThat(labs.size()).isEqualTo(Labs.MOST_WATCHERS);
    }

    @Test
    void whereClientsAreNotKnownTheOldestOfAllGivesWay() throws Exception {
        watch();
        for (int i = 2; i <= Labs.MOST_WATCHERS; i++) {
            another(i, null);
        }
        assertThat(page.ended).isZero();
        another(65, null);
        assertThat(page.ended).isEqualTo(1013);
    }

    /** Found by review: eight labs of one client, a raw of each, kept everybody's partner busy. */
    @Test
    void aClientHasSoManyPartnersAtWork() throws Exception {
        Idler partner = new Idler();
        labs.listening(new About(true, "1", 1 << 20, 100, true, -1, 100), partner);
        for (int i = 1; i <= 3; i++) {
            labs.watch(String.format("%032x", i), client(1), i < 3 ? new Page() : page)
                    .obey(raw(i));
        }
        page.next();
        assertThat(page.next()).containsEntry("code", "busy").containsEntry("id", 3L);
        assertThat(partner.ends).hasSize(2);
        Page other = new Page();
        labs.watch(String.format("%032x", 4), client(2), other).obey(raw(4));
        assertThat(partner.ends).hasSize(3);
        partner.ends.get(0).accept(null);
        labs.watch(String.format("%032x", 5), client(1), new Page()).obey(raw(5));
        assertThat(partner.ends).hasSize(4);
    }

    private static Command.Raw raw(int id) {
        return new Command.Raw(id, 1, "/echo", List.of(), null, bytes(""));
    }

    /** Plays until it is told to end. */
    private static final class Idler implements Partner {
        final List<Consumer<String>> ends = new ArrayList<>();
        Observation observation;

        @Override
        public String wrongWith(Command.Raw raw) {
            return null;
        }

        @Override
        public boolean play(Command.Raw raw, Observation observation, Consumer<String> over) {
            this.observation = observation;
            return ends.add(over);
        }

        @Override
        public void close() {}
    }

    /** A page whose network went would else be locked out until the server finds the old connection dead. */
    @Test
    void aNewWatcherOfALabReplacesTheOldOne() throws Exception {
        Watcher old = watch();
        labs.observe(FIRST, false);
        Page again = new Page();
        labs.watch(LAB, null, again);
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

    /** Found by review: an endpoint's HttpOnly cookie could be read by its page. */
    @Test
    void anAnswersCookieIsHiddenAlsoPastWhatIsShownOfItsHead() throws Exception {
        watch();
        Observation observation = labs.observe(FIRST, false);
        observation.received(bytes("GET / HTTP/1.1\r\nX-Token: a\r\n\r\n"));
        String start = "HTTP/1.1 200 OK\r\nSet-Cookie: b\r\nX: " + "y".repeat(AnswerReader.MOST);
        observation.sent(bytes(start + "\r\nSet-"));
        observation.sent(bytes("Cookie: c\r\nX-Token: d\r\n\r\nSet-Cookie: e"));
        List<Map<String, Object>> events = page.events(4);
        assertThat(text(events.get(0), "request")).endsWith("X-Token: *\r\n\r\n");
        assertThat(text(events.get(1), "response")).startsWith("HTTP/1.1 200 OK\r\nSet-Cookie: *\r\nX: y");
        assertThat(text(events.get(2), "bytes")).endsWith("y\r\nSet-");
        assertThat(text(events.get(3), "bytes")).isEqualTo("Cookie: *\r\nX-Token: d\r\n\r\nSet-Cookie: e");
    }

    @Test
    void aPartnersRequestIsShownAsItsPageAskedForIt() throws Exception {
        Watcher watcher = watch();
        Idler partner = new Idler();
        labs.listening(new About(true, "1", 1 << 20, 100, true, -1, 100), partner);
        watcher.obey(raw(1));
        partner.observation.received(bytes("GET / HTTP/1.1\r\nCookie: a\r\n\r\n"));
        assertThat(text(page.events(1).get(0), "request")).contains("Cookie: a\r\n");
    }

    @Test
    void framesGoBesideTheSessionWhereTheServerHasAWay() throws Exception {
        Watcher watcher = watch();
        List<ByteBuffer> sent = new ArrayList<>();
        Observation observation = labs.observe(FIRST, false);
        observation.upgraded(sent::addAll);
        labs.joins(FIRST, new NoPeer());
        observation.opened();
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
