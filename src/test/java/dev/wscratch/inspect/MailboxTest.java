package dev.wscratch.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wscratch.wire.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Mailbox mailbox = new Mailbox();

    private static Excerpt bytes(int size) {
        Excerpt.Collector collector = new Excerpt.Collector(size);
        collector.take(ByteBuffer.allocate(size));
        return collector.excerpt();
    }

    private static Event frame(int connection, long number, int size) {
        return new Event.Frame(connection, number, Role.CLIENT, 0, bytes(size), false, null, null);
    }

    private List<Event> events() {
        return mailbox.next() instanceof Report.Events events ? events.list() : List.of();
    }

    @Test
    void whatWaitsIsToldTogetherAndInOrder() {
        Event first = frame(1, 1, 10);
        Event second = frame(2, 1, 10);
        mailbox.add(first);
        mailbox.add(second);
        assertThat(events()).containsExactly(first, second);
        assertThat(mailbox.next()).isNull();
        assertThat(mailbox.hasNext()).isFalse();
    }

    @Test
    void anAnswerKeepsItsPlaceAmongTheEvents() {
        Report done = new Report.Done(1);
        mailbox.add(frame(1, 1, 10));
        mailbox.add(done);
        mailbox.add(frame(1, 2, 10));
        assertThat(events()).hasSize(1);
        assertThat(mailbox.next()).isSameAs(done);
        assertThat(events()).hasSize(1);
    }

    @Test
    void aMessageToThePageIsNotMuchLongerThanABatch() {
        for (int i = 0; i < 40; i++) {
            mailbox.add(frame(1, i, 16 << 10));
        }
        assertThat(events()).hasSizeBetween(6, 8);
    }

    @Test
    void pastTheBoundFramesAreCountedAndToldWhereTheyAreMissing() {
        int kept = 0;
        for (int i = 0; i < 100; i++) {
            mailbox.add(frame(7, i, 16 << 10));
        }
        Event end = new Event.Ended(7, 0, "gone", new Event.Count(100, 1), new Event.Count(0, 0));
        mailbox.add(end);
        List<Event> last = List.of();
        for (List<Event> batch = events(); !batch.isEmpty(); batch = events()) {
            kept += (int) batch.stream().filter(Event.Frame.class::isInstance).count();
            last = batch;
        }
        assertThat(kept).isBetween(50, 64);
        assertThat(last).endsWith(new Event.Lost(7, 100L - kept), end);
    }

    @Test
    void manySmallFramesAreBoundedByTheirNumber() {
        for (int i = 0; i < 100_000; i++) {
            mailbox.add(frame(1, i, 0));
        }
        long frames = 0;
        long lost = 0;
        for (List<Event> batch = events(); !batch.isEmpty(); batch = events()) {
            for (Event event : batch) {
                frames += event instanceof Event.Frame ? 1 : 0;
                lost += event instanceof Event.Lost missing ? missing.frames() : 0;
            }
        }
        assertThat(frames).isLessThanOrEqualTo(Mailbox.MOST_EVENTS);
        assertThat(frames + lost).isEqualTo(100_000);
    }

    @Test
    void handshakesOfAPageThatNeverReadsAreBoundedTooAndCounted() {
        for (int i = 0; i < 300; i++) {
            mailbox.add(new Event.Handshake(i, 0, bytes(16 << 10), false, false));
        }
        int handshakes = 0;
        long lost = 0;
        for (List<Event> batch = events(); !batch.isEmpty(); batch = events()) {
            for (Event event : batch) {
                handshakes += event instanceof Event.Handshake ? 1 : 0;
                lost += event instanceof Event.Lost missing ? missing.frames() : 0;
            }
        }
        assertThat(handshakes).isLessThanOrEqualTo((int) (Mailbox.OVERFULL >> 14));
        assertThat(handshakes + lost).isEqualTo(300);
    }

    @Test
    void whatFramesCannotDoWithoutHasRoomBetweenTheFirstBoundAndTheSecond() {
        for (int i = 0; i < 100; i++) {
            mailbox.add(frame(1, i, 16 << 10));
        }
        Event first = new Event.Handshake(2, 0, bytes(200 << 10), false, false);
        Event second = new Event.Handshake(3, 0, bytes(100 << 10), false, false);
        mailbox.add(first);
        mailbox.add(second);
        List<Event> all = new ArrayList<>();
        for (List<Event> batch = events(); !batch.isEmpty(); batch = events()) {
            all.addAll(batch);
        }
        assertThat(all).contains(first, new Event.Lost(3, 1)).doesNotContain(second);
    }

    @Test
    void evenEndsOfConnectionsAreBounded() {
        for (int i = 0; i < 100_000; i++) {
            mailbox.add(new Event.Ended(i, 0, "gone", new Event.Count(1, 1), new Event.Count(0, 0)));
        }
        int ends = 0;
        for (List<Event> batch = events(); !batch.isEmpty(); batch = events()) {
            ends += (int) batch.stream().filter(Event.Ended.class::isInstance).count();
        }
        assertThat(ends).isPositive().isLessThanOrEqualTo(Mailbox.MOST_EVENTS + 2 * Mailbox.MOST_REPLIES);
    }

    @Test
    void theEndOfAConnectionFindsRoomWhereNothingElseDoes() {
        for (int i = 0; i < 300; i++) {
            mailbox.add(new Event.Handshake(i, 0, bytes(i < 100 ? 16 << 10 : 0), false, false));
        }
        Event end = new Event.Ended(7, 0, "gone", new Event.Count(1, 1), new Event.Count(0, 0));
        mailbox.add(end);
        List<Event> last = List.of();
        for (List<Event> batch = events(); !batch.isEmpty(); batch = events()) {
            last = batch;
        }
        assertThat(last).contains(end);
    }

    @Test
    void answersThatNobodyReadsAreTooMany() {
        for (int i = 0; i < Mailbox.MOST_REPLIES; i++) {
            assertThat(mailbox.add(new Report.Done(i))).isTrue();
        }
        assertThat(mailbox.add(new Report.Done(99))).isFalse();
    }
}
