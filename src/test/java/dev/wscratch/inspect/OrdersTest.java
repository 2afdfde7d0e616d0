package dev.wscratch.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The session of connection 1, which lists what is done to it. */
class OrdersTest implements Peer {
    private final List<Report> answers = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Orders orders = new Orders(answers::add);

    @Override
    public void ping(ByteBuffer payload) {
        done.add("ping");
    }

    @Override
    public void sendText(List<String> parts) {
        done.add("text " + parts);
    }

    @Override
    public void sendBinary(List<ByteBuffer> parts) {
        done.add("binary");
    }

    @Override
    public void close(int code, String reason) {
        done.add("close " + code + " " + reason);
    }

    private void ping(int id) {
        orders.obey(new Command.Ping(id, 1, ByteBuffer.allocate(0)));
    }

    private void assertUnknown(int id) {
        assertThat(answers.remove(0)).isInstanceOfSatisfying(Report.Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo("unknown-connection");
            assertThat(problem.id()).isEqualTo(id);
        });
        assertThat(answers).isEmpty();
    }

    /** Found by review: with worker threads the 101 left before there was a session, and a ping at once was refused. */
    @Test
    void ordersForASessionThatIsOpeningAreObeyedInTheirOrderWhenItHas() {
        orders.reachable(1, frames -> done.add("frames"));
        ping(1);
        orders.joins(1, this);
        orders.obey(new Command.Send(2, 1, true, List.of(ByteBuffer.allocate(0))));
        orders.obey(new Command.Close(3, 1, 1001, "bye"));
        assertThat(answers).isEmpty();
        assertThat(done).as("before @OnOpen has run").isEmpty();
        orders.opened(1);
        assertThat(done).containsExactly("ping", "frames", "close 1001 bye");
        assertThat(answers).containsExactly(new Report.Done(1), new Report.Done(2), new Report.Done(3));
        ping(4);
        assertThat(done).hasSize(4);
    }

    @Test
    void anOrderForASessionThatDoesNotJoinIsAnsweredWhenItHasOpened() {
        orders.reachable(1, frames -> true);
        ping(1);
        orders.opened(1);
        assertUnknown(1);
        ping(2);
        assertUnknown(2);
    }

    @Test
    void anOrderForASessionThatNeverOpensIsAnsweredAtItsEnd() {
        orders.reachable(1, frames -> true);
        ping(1);
        orders.gone(1);
        assertUnknown(1);
    }

    @Test
    void onlySoManyOrdersWait() {
        orders.reachable(1, frames -> true);
        for (int i = 1; i <= Orders.MOST_WAITING; i++) {
            ping(i);
        }
        assertThat(answers).isEmpty();
        ping(99);
        assertUnknown(99);
        orders.joins(1, this);
        orders.opened(1);
        assertThat(answers).hasSize(Orders.MOST_WAITING).allMatch(Report.Done.class::isInstance);
        orders.reachable(2, frames -> true);
        orders.obey(new Command.Ping(100, 2, ByteBuffer.allocate(0)));
        assertThat(answers).as("there is room again").hasSize(Orders.MOST_WAITING);
    }

    @Test
    void aConnectionThatNobodyObservesIsOrderedAboutOnceItHasJoined() {
        ping(1);
        assertUnknown(1);
        orders.joins(1, this);
        orders.obey(new Command.Send(2, 1, true, List.of(ByteBuffer.allocate(0))));
        assertThat(done).containsExactly("text []");
        orders.leaves(1, this);
        answers.clear();
        ping(3);
        assertUnknown(3);
    }
}
