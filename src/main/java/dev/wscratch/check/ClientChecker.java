package dev.wscratch.check;

import dev.wscratch.wire.DeflateOffer;
import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.Handshake;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.PeerText;
import dev.wscratch.wire.Refusal;
import dev.wscratch.wire.RequestHead;
import dev.wscratch.wire.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges an echo client: a server on loopback that plays one case with each connection. The client connects again and
 * again, to any path, also after a handshake that failed, echoes every message as it is, and stops when nobody listens any
 * more.
 */
public final class ClientChecker implements AutoCloseable {
    private final ServerSocket listener;
    private final Duration timeout;

    /** Keys of all connections: a nonce never comes twice. */
    private final Set<String> keys = new HashSet<>();

    /**
     * Listens.
     *
     * @param port 0 for a free one
     * @param timeout how long to wait for what should come
     * @param patience how long to wait for the client to connect
     * @throws IOException when the port cannot be had
     */
    public ClientChecker(int port, Duration timeout, Duration patience) throws IOException {
        this.timeout = timeout;
        listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout((int) patience.toMillis());
    }

    /** {@return where the client connects to} */
    public String url() {
        return "ws://localhost:" + listener.getLocalPort() + "/";
    }

    /**
     * Plays the cases of a selection, stage by stage.
     *
     * @param selection of a client's cases
     * @param heard each outcome, as soon as it is there, on the calling thread
     * @return all outcomes; skipped ones where the client stayed away
     * @throws IOException when listening fails
     * @throws InterruptedException when the thread is interrupted
     */
    public Report run(Selection selection, Consumer<Outcome> heard) throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        boolean away = false;
        for (Case played : selection.cases()) {
            long begun = System.nanoTime();
            SentBytes sent = new SentBytes();
            Finding finding = new Finding(Verdict.SKIPPED, "", "the client did not connect any more");
            if (!away) {
                try (Socket socket = listener.accept()) {
                    finding = play(played, socket, sent);
                } catch (SocketTimeoutException e) {
                    away = true; // And so are the cases that follow.
                }
            }
            String told = played.stage() == Stage.HANDSHAKE
                    ? Player.shown(ClientCases.greeting(played).bytes("{accept}"))
                    : sent.toString();
            outcomes.add(Player.outcome(played, finding, told, begun));
            heard.accept(outcomes.get(outcomes.size() - 1));
        }
        return new Report("client of " + url(), outcomes);
    }

    /** A connection that breaks is the client's doing and fails this case only. */
    private Finding play(Case played, Socket socket, SentBytes sent) throws InterruptedException {
        try (Line line = new Line(socket, timeout.multipliedBy(Player.TIMEOUTS))) {
            socket.setTcpNoDelay(true);
            return play(played, line, sent);
        } catch (IOException e) {
            String got = "a broken connection: " + PeerText.escape(String.valueOf(e.getMessage()), 200);
            return Finding.fail(got, "expected the client to stay for the handshake and the case");
        }
    }

    private Finding play(Case played, Line line, SentBytes sent) throws InterruptedException, IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int length = -1;
        while (length < 0) {
            // However the bytes drip, the line's life bounds this.
            if (!(line.poll(timeout.toNanos()) instanceof Line.Read.Some some) || all.size() > Opening.LARGEST_HEAD) {
                return Finding.fail("no whole request", "expected a request that ends with an empty line");
            }
            all.writeBytes(Bytes.of(some.bytes()).toArray());
            length = Opening.headLength(all.toString(StandardCharsets.ISO_8859_1));
        }
        byte[] bytes = all.toByteArray();
        var parsed = RequestHead.parse(ByteBuffer.wrap(bytes, 0, length).slice(), HeadLimits.DEFAULT);
        var verdict = parsed instanceof RequestHead head ? Handshake.judge(head) : parsed;
        if (!(verdict instanceof Handshake.Accepted accepted)) {
            String why = verdict instanceof Refusal refusal ? refusal.text() : "a request without an upgrade";
            return Finding.fail("a request that no server may accept", PeerText.escape(why, 200));
        }
        if (!keys.add(accepted.key())) {
            return Finding.fail("the same Sec-WebSocket-Key again", "expected a nonce for each connection (4.1)");
        }
        DeflateParameters agreed = null;
        if (played.stage() == Stage.COMPRESSION) {
            Optional<DeflateOffer> offer = accepted.extensions().stream()
                    .filter(one -> one.name().equals(DeflateParameters.NAME))
                    .findFirst()
                    .flatMap(DeflateOffer::parse);
            if (offer.isEmpty()) {
                // With an answer: who gets none may try again with the same key.
                line.send(Greeting.status(400, "Bad Request").bytes(""), 0);
                return new Finding(Verdict.SKIPPED, "a request", Finding.NOT_OFFERED);
            }
            agreed = agreed(offer.get(), ClientCases.greeting(played));
            if (agreed == null && !(played.wanted() instanceof Wanted.NotOpened)) {
                line.send(Greeting.status(400, "Bad Request").bytes(""), 0);
                return new Finding(Verdict.SKIPPED, "a request", Finding.NOT_OFFERED + " like this");
            }
        }
        return converse(played, line, accepted, ByteBuffer.wrap(bytes, length, bytes.length - length), agreed, sent);
    }

    /** What an answer means to a client of this offer; null if it must not take it. */
    private static @Nullable DeflateParameters agreed(DeflateOffer offer, Greeting greeting) {
        List<Extension> answer = Extension.parse(List.of(greeting.agreed())).orElse(List.of());
        return answer.size() == 1 && offer.judge(answer.get(0)) instanceof DeflateOffer.Agreed fits
                ? fits.parameters()
                : null;
    }

    private Finding converse(
            Case played,
            Line line,
            Handshake.Accepted accepted,
            ByteBuffer rest,
            @Nullable DeflateParameters agreed,
            SentBytes sent)
            throws InterruptedException, IOException {
        Greeting greeting = ClientCases.greeting(played);
        line.send(greeting.bytes(accepted.accept()), greeting.chop());
        try (Conversation conversation = new Conversation(line, Role.SERVER, agreed, sent)) {
            conversation.take(rest);
            conversation.play(played.steps());
            return new Judge(conversation, timeout).judge(played.wanted());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
