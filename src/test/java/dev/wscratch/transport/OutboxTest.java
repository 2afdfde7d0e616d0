package dev.wscratch.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int MARK = 100;
    private static final int LARGEST = 1000;

    /** A channel that completes writes when it is told to, or at once. */
    private static final class ScriptedChannel implements Outbox.Channel {
        final List<String> written = new ArrayList<>();
        final Deque<Outbox.Progress> pending = new ArrayDeque<>();
        boolean stuck;
        Throwable broken;

        @Override
        public void write(List<ByteBuffer> parts, Outbox.Progress progress) {
            written.add(US_ASCII.decode(PlainWrite.joined(parts)).toString());
            if (stuck) {
                pending.add(progress);
            } else {
                progress.completed();
            }
        }

        @Override
        public void broken(Throwable cause) {
            broken = cause;
        }

        @Override
        public void onSelectorThread(Runnable task) {
            throw new AssertionError("expected a turn to be enough");
        }
    }

    private static final class Recorder implements Outbox.Owner {
        final List<String> events = new ArrayList<>();

        @Override
        public void congested(boolean congested) {
            events.add(congested ? "congested" : "relieved");
        }

        @Override
        public void overflowed() {
            events.add("overflowed");
        }

        @Override
        public void drained() {
            events.add("drained");
        }
    }

    private static final class Outcome implements Outbox.Sent {
        final List<String> outcomes = new ArrayList<>();

        @Override
        public void written() {
            outcomes.add("written");
        }

        @Override
        public void failed(Throwable cause) {
            outcomes.add("failed: " + cause.getMessage());
        }
    }

    private final ScriptedChannel channel = new ScriptedChannel();
    private final Recorder owner = new Recorder();
    private final Outbox outbox = new Outbox(channel, owner, MARK, LARGEST);

    /** Found by review: a SendHandler that threw left the outbox waiting for ever for the end of its write. */
    @Test
    void aHandlerThatThrowsHoldsUpNothing() {
        Outbox.Sent thrower = new Outbox.Sent() {
            @Override
            public void written() {
                throw new IllegalStateException("of a test");
            }

            @Override
            public void failed(Throwable cause) {
                throw new IllegalStateException("of a test");
            }
        };
        Outcome outcome = new Outcome();
        outbox.add(bytes("one"), thrower, false);
        outbox.add(bytes("two"), outcome, false);
        assertThat(channel.written).containsExactly("one", "two");
        assertThat(outbox.queuedBytes()).isZero();

        channel.stuck = true;
        outbox.add(bytes("three"), thrower, false);
        outbox.add(bytes("four"), thrower, false);
        outbox.add(bytes("five"), outcome, false);
        outbox.discard(new IOException("gone"));
        outbox.add(bytes("six"), thrower, false);
        assertThat(outcome.outcomes).containsExactly("written", "failed: the connection is closed");
    }

    @Test
    void aHandlerThatThrowsAnErrorHoldsUpNothing() {
        Outbox.Sent thrower = new Outbox.Sent() {
            @Override
            public void written() {
                throw new AssertionError("of a test");
            }

            @Override
            public void failed(Throwable cause) {
                throw new AssertionError("of a test");
            }
        };
        outbox.add(bytes("one"), thrower, false);
        assertThat(outbox.queuedBytes()).isZero();

        channel.stuck = true;
        Outcome outcome = new Outcome();
        outbox.add(bytes("two"), null, false);
        outbox.add(bytes("three"), thrower, false);
        outbox.add(bytes("four"), outcome, false);
        outbox.discard(new IOException("gone"));
        assertThat(outcome.outcomes).containsExactly("failed: the connection is closed");
    }

    @Test
    void congestionCanBeAskedForAndDoesNotDependOnWhatWasToldLast() {
        channel.stuck = true;
        outbox.add(bytes("x".repeat(MARK)), null, false);
        assertThat(outbox.isCongested()).isFalse();
        outbox.add(bytes("y"), null, false);
        assertThat(outbox.isCongested()).isTrue();
        channel.pending.remove().completed();
        assertThat(outbox.isCongested()).isFalse();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size);
    }

    @Test
    void messagesAreWrittenInTheOrderTheyWereAdded() {
        outbox.add(bytes("a"), null, false);
        outbox.add(bytes("b"), null, false);
        assertThat(channel.written).containsExactly("a", "b");
    }

    @Test
    void whatIsAddedWhileCorkedLeavesInOneWrite() {
        outbox.cork();
        outbox.add(bytes("a"), null, false);
        outbox.add(bytes("b"), null, false);
        assertThat(channel.written).isEmpty();
        outbox.uncork();
        assertThat(channel.written).containsExactly("ab");
    }

    @Test
    void aSenderThatWaitsIsServedDespiteTheCork() {
        outbox.cork();
        outbox.add(bytes("a"), null, false);
        outbox.add(bytes("b"), null, true);
        assertThat(channel.written).containsExactly("ab");
    }

    @Test
    void whatComesWhileTheChannelIsBusyIsJoinedIntoTheNextWrite() {
        channel.stuck = true;
        outbox.add(bytes("a"), null, false);
        outbox.add(bytes("b"), null, false);
        outbox.add(bytes("c"), null, false);
        assertThat(channel.written).containsExactly("a");
        channel.pending.remove().completed();
        assertThat(channel.written).containsExactly("a", "bc");
    }

    @Test
    void aSendCompletesWhenItsBytesWereWrittenAndNotBefore() {
        channel.stuck = true;
        Outcome outcome = new Outcome();
        outbox.add(bytes("a"), outcome, false);
        assertThat(outcome.outcomes).isEmpty();
        channel.pending.remove().completed();
        assertThat(outcome.outcomes).containsExactly("written");
    }

    @Test
    void theOwnerIsToldOnceWhenTheMarkIsPassedAndOnceWhenTheQueueIsWellBelow() {
        channel.stuck = true;
        outbox.add(bytes(60), null, false);
        outbox.add(bytes(60), null, false);
        outbox.add(bytes(10), null, false);
        assertThat(owner.events).containsExactly("congested");
        channel.pending.remove().completed();
        assertThat(owner.events).containsExactly("congested");
        channel.pending.remove().completed();
        assertThat(owner.events).containsExactly("congested", "relieved");
    }

    @Test
    void aMessageOfAnySizeIsTakenWhileTheQueueIsBelowTheMark() {
        channel.stuck = true;
        outbox.add(bytes(90), null, false);
        Outcome outcome = new Outcome();
        outbox.add(bytes(3 * LARGEST), outcome, false);
        assertThat(outcome.outcomes).isEmpty();
        assertThat(outbox.queuedBytes()).isEqualTo(90 + 3 * LARGEST);
    }

    @Test
    void pastTheBoundTheSendFailsAndTheOwnerIsTold() {
        channel.stuck = true;
        outbox.add(bytes(MARK + 1), null, false);
        outbox.add(bytes(LARGEST), null, false);
        Outcome refused = new Outcome();
        outbox.add(bytes(50), refused, false);
        assertThat(refused.outcomes).singleElement().asString().contains("send queue full: 1101 bytes");
        assertThat(owner.events).containsExactly("congested", "overflowed");
        assertThat(outbox.queuedBytes()).isEqualTo(MARK + 1 + LARGEST);
    }

    @Test
    void drainedIsToldOnceAfterTheLastByte() {
        channel.stuck = true;
        outbox.add(bytes("a"), null, false);
        outbox.finish();
        outbox.finish();
        assertThat(owner.events).isEmpty();
        channel.pending.remove().completed();
        assertThat(owner.events).containsExactly("drained");
    }

    @Test
    void drainedIsToldAtOnceWhenNothingWaits() {
        outbox.finish();
        assertThat(owner.events).containsExactly("drained");
    }

    @Test
    void anEmptyOutboxIsNotDrainedBeforeItsEnd() {
        channel.stuck = true;
        assertThat(outbox.isDrained()).isFalse();
        outbox.addLast(bytes("close"), null);
        assertThat(outbox.isDrained()).isFalse();
        channel.pending.remove().completed();
        assertThat(outbox.isDrained()).isTrue();
    }

    @Test
    void whatACorkHoldsBackDoesNotStall() {
        channel.stuck = true;
        outbox.cork();
        outbox.add(bytes("held back"), null, false);
        assertThat(outbox.stalledNanos(System.nanoTime() + 1_000_000_000L)).isZero();
        outbox.uncork();
        assertThat(outbox.stalledNanos(System.nanoTime() + 1_000_000_000L)).isPositive();
    }

    @Test
    void nothingIsTakenAfterTheEnd() {
        outbox.finish();
        Outcome refused = new Outcome();
        outbox.add(bytes("late"), refused, false);
        assertThat(refused.outcomes).singleElement().asString().contains("nothing can be sent after a Close frame");
        assertThat(channel.written).isEmpty();
    }

    @Test
    void discardingFailsEverySendOnce() {
        channel.stuck = true;
        Outcome first = new Outcome();
        Outcome second = new Outcome();
        outbox.add(bytes("a"), first, false);
        outbox.add(bytes("b"), second, false);
        outbox.discard(new IOException("gone"));
        outbox.discard(new IOException("gone again"));
        channel.pending.remove().failed(new IOException("gone"));
        assertThat(first.outcomes).containsExactly("failed: gone");
        assertThat(second.outcomes).containsExactly("failed: the connection is closed");
        assertThat(outbox.queuedBytes()).isZero();
    }

    @Test
    void aFailedWriteBreaksTheChannel() {
        channel.stuck = true;
        outbox.add(bytes("a"), null, false);
        IOException reset = new IOException("reset");
        channel.pending.remove().failed(reset);
        assertThat(channel.broken).isSameAs(reset);
    }

    @Test
    void stalledTimeCountsFromTheLastByteThatMoved() {
        channel.stuck = true;
        assertThat(outbox.stalledNanos(System.nanoTime())).isZero();
        long before = System.nanoTime();
        outbox.add(bytes("a"), null, false);
        long later = before + 3_600_000_000_000L;
        long whole = outbox.stalledNanos(later);
        assertThat(whole).isBetween(later - System.nanoTime(), later - before);
        channel.pending.element().advanced();
        assertThat(outbox.stalledNanos(later)).isBetween(later - System.nanoTime(), whole);
        channel.pending.remove().completed();
        assertThat(outbox.stalledNanos(later)).isZero();
    }

    /** Found by review: one such sender, with a peer that reads as fast, kept a selector thread from all others. */
    @Test
    void aSenderThatSendsTheNextMessageOnCompletionLetsOthersTakeTurns() {
        FakeTcp tcp = new FakeTcp();
        Outbox fast = new Outbox(tcp, owner, 16 << 20, LARGEST);
        int[] left = {200};
        Outbox.Sent again = new Outbox.Sent() {
            @Override
            public void written() {
                if (--left[0] > 0) {
                    fast.add(bytes(64 << 10), this, false);
                }
            }

            @Override
            public void failed(Throwable cause) {
                throw new AssertionError(cause);
            }
        };
        fast.add(bytes(64 << 10), again, false);
        assertThat(tcp.written.size()).isEqualTo(4 << 20);
        assertThat(tcp.tasks).hasSize(1);
        tcp.tasks.remove().run();
        assertThat(tcp.written.size()).isEqualTo(8 << 20);
        tcp.runTasks();
        assertThat(tcp.written.size()).isEqualTo(200 * (64 << 10));
        assertThat(left[0]).isZero();
    }

    @Test
    void aLargeMessageGoesOutInTurnsAndCompletesAtItsEnd() {
        FakeTcp tcp = new FakeTcp();
        Outbox fast = new Outbox(tcp, owner, 16 << 20, LARGEST);
        ByteBuffer message = bytes(10 << 20);
        while (message.hasRemaining()) {
            message.putInt(message.position());
        }
        Outcome outcome = new Outcome();
        fast.add(message.flip(), outcome, true);
        assertThat(tcp.written.size()).isEqualTo(4 << 20);
        assertThat(outcome.outcomes).isEmpty();
        fast.add(bytes("next"), null, false);
        tcp.runTasks();
        assertThat(outcome.outcomes).containsExactly("written");
        ByteBuffer written = ByteBuffer.wrap(tcp.takeWritten());
        assertThat(written.slice(0, 10 << 20)).isEqualTo(message.position(0));
        assertThat(US_ASCII.decode(written.position(10 << 20)).toString()).isEqualTo("next");
    }

    @Test
    void aSenderThatSendsTheNextMessageOnCompletionDoesNotPileUpStackFrames() {
        int[] left = {100_000};
        Outbox.Sent again = new Outbox.Sent() {
            @Override
            public void written() {
                if (--left[0] > 0) {
                    outbox.add(bytes("x"), this, false);
                }
            }

            @Override
            public void failed(Throwable cause) {
                throw new AssertionError(cause);
            }
        };
        outbox.add(bytes("x"), again, false);
        assertThat(left[0]).isZero();
        assertThat(channel.written).hasSize(100_000);
    }
}
