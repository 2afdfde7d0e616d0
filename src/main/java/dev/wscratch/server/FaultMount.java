package dev.wscratch.server;

import dev.wscratch.fault.FaultTable;
import dev.wscratch.fault.Faults;
import dev.wscratch.fault.Line;
import dev.wscratch.fault.Player;
import dev.wscratch.fault.Script;
import dev.wscratch.transport.HttpHandler;
import dev.wscratch.transport.HttpResponse;
import dev.wscratch.transport.RawConnection;
import dev.wscratch.wire.Handshake;
import dev.wscratch.wire.RequestHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Puts the faults under {@code /fault}: scripts for handshakes, the table and words for plain requests.
 *
 * <p>Only a handshake that is good in every respect is misbehaved to. It has passed Host and Origin by then, so that no
 * page from elsewhere can reach a fault; what is no handshake gets well-behaved answers that harm nobody.
 */
final class FaultMount implements RawConnection.Source {
    /** Each may hold half a mebibyte that its peer does not take. */
    static final int MOST_AT_ONCE = 100;

    private final AtomicInteger playing = new AtomicInteger();

    @Override
    public RawConnection.@Nullable Decision decide(RequestHead head) {
        if (!Faults.owns(head.path()) || !(Handshake.judge(head) instanceof Handshake.Accepted request)) {
            return null;
        }
        Faults.Answer answer = Faults.answer(head.path(), head.query());
        if (!(answer instanceof Faults.Playable playable)) {
            return refused((Faults.Refused) answer);
        }
        Faults.Plan plan = playable.playwright().plan(request);
        if (!(plan instanceof Script script)) {
            return refused((Faults.Refused) plan);
        }
        if (playing.incrementAndGet() > MOST_AT_ONCE) {
            playing.decrementAndGet();
            return new RawConnection.Refused(
                    HttpResponse.text(
                                    503,
                                    "expected at most " + MOST_AT_ONCE
                                            + " connections to faults at once; try again later")
                            .with("Retry-After", "5"),
                    "FAULTS_FULL");
        }
        return new Performance(script);
    }

    private static RawConnection.Refused refused(Faults.Refused refused) {
        return new RawConnection.Refused(
                answer(refused), refused.status() == 404 ? "FAULT_UNKNOWN" : "FAULT_PARAMETERS");
    }

    private static HttpResponse answer(Faults.Refused refused) {
        return HttpResponse.text(refused.status(), refused.text().stripTrailing());
    }

    /** Answers plain requests below {@code /fault}, and leaves the others to {@code others}. */
    HttpHandler pages(HttpHandler others) {
        return request -> {
            boolean ours = Faults.owns(request.path())
                    && (request.method().equals("GET") || request.method().equals("HEAD"));
            return ours ? describe(request) : others.handle(request);
        };
    }

    private static HttpResponse describe(RequestHead request) {
        if (request.path().equals(Faults.PATH)) {
            return new HttpResponse(
                    200,
                    List.of(
                            new HttpResponse.Header("Content-Type", "application/json"),
                            new HttpResponse.Header("X-Content-Type-Options", "nosniff")),
                    StandardCharsets.UTF_8.encode(FaultTable.json()));
        }
        Faults.Answer answer = Faults.answer(request.path(), request.query());
        if (answer instanceof Faults.Refused refused) {
            return answer(refused);
        }
        String summary = ((Faults.Playable) answer).summary();
        return HttpResponse.text(426, "expected a WebSocket handshake, got a plain request\n" + summary.stripTrailing())
                .with("Upgrade", "websocket");
    }

    /** One script on one connection; all on the connection's selector thread. */
    private final class Performance implements RawConnection.Handler {
        private final Script script;
        private @Nullable Player player;

        Performance(Script script) {
            this.script = script;
        }

        @Override
        public void start(RawConnection connection) {
            Player actor = new Player(script, new RawLine(connection));
            player = actor;
            actor.start();
        }

        @Override
        public void received(ByteBuffer bytes) {
            if (player != null) {
                player.received(bytes);
            }
        }

        @Override
        public void gone() {
            playing.decrementAndGet();
            if (player != null) {
                player.gone();
            }
        }
    }

    /** A raw connection as a script sees it. */
    private record RawLine(RawConnection connection) implements Line {
        @Override
        public void write(ByteBuffer bytes) {
            connection.write(bytes);
        }

        @Override
        public void shutdownOutput() {
            connection.shutdownOutput();
        }

        @Override
        public void close() {
            connection.close();
        }

        @Override
        public void cut() {
            connection.cut();
        }

        @Override
        public void abort() {
            connection.abort();
        }

        @Override
        public void pauseReading(boolean pause) {
            connection.pauseReading(pause);
        }

        @Override
        public void after(Duration delay, Runnable task) {
            connection.after(delay, task);
        }

        @Override
        public long nanos() {
            return System.nanoTime() - EPOCH;
        }

        private static final long EPOCH = System.nanoTime();
    }
}
