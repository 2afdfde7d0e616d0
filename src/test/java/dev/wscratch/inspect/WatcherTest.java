package dev.wscratch.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong below a watcher; its executor is the thread that tells. */
class WatcherTest implements Outlet {
    private final Labs labs = new Labs(new About(true, "1", 1 << 20, 100, true, -1, 100));
    private final List<Report> sent = new ArrayList<>();
    private int ended;

    /** If not null, thrown once, by the executor or by a send. */
    private Error noThread;

    private Error noSend;

    private final Watcher watcher = new Watcher(labs, 1, "0123456789abcdef0123456789abcdef", null, this, task -> {
        Error wrong = noThread;
        noThread = null;
        if (wrong != null) {
            throw wrong;
        }
        task.run();
    });

    @AfterEach
    void close() {
        labs.close();
    }

    @Override
    public void send(Report report, Runnable done) {
        if (noSend != null) {
            throw noSend;
        }
        sent.add(report);
        done.run();
    }

    @Override
    public void tooSlow() {
        throw new AssertionError("it reads everything at once");
    }

    @Override
    public void end(int code, String reason) {
        ended = code;
    }

    /** Found by review: after an executor that had no thread nothing was ever sent again. */
    @Test
    void aReportThatFindsNoThreadGoesWithTheNext() {
        noThread = new OutOfMemoryError("of a test: unable to create native thread");
        assertThatThrownBy(() -> watcher.tell(new Event.Lost(1, 0))).isInstanceOf(OutOfMemoryError.class);
        assertThat(sent).isEmpty();
        watcher.tell(new Event.Lost(2, 0));
        assertThat(sent).hasSize(1);
        assertThat(((Report.Events) sent.get(0)).list()).hasSize(2);
    }

    @Test
    void aPageWhoseReportWasLostIsClosed() {
        noSend = new OutOfMemoryError("of a test");
        assertThatThrownBy(() -> watcher.tell(new Event.Lost(1, 0))).isInstanceOf(OutOfMemoryError.class);
        assertThat(ended).isEqualTo(1011);
        assertThat(watcher.hasLeft()).isTrue();
    }
}
