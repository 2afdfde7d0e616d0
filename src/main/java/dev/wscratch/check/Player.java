package dev.wscratch.check;

import dev.wscratch.transport.Dialer;
import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.DeflateOffer;
import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.PeerText;
import dev.wscratch.wire.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays one case against a server. */
final class Player {
    /** A case is over after so many timeouts, whatever keeps coming. */
    static final int TIMEOUTS = 10;

    private final Server server;
    private final Dialer dialer;
    private final Duration timeout;
    private final SecureRandom random = new SecureRandom();

    Player(Server server, Dialer dialer, Duration timeout) {
        this.server = server;
        this.dialer = dialer;
        this.timeout = timeout;
    }

    Outcome play(Case played) throws InterruptedException, CannotConnectException {
        long begun = System.nanoTime();
        SentBytes sent = new SentBytes();
        String key = ClientHandshake.newKey(nonce());
        Bytes request = played.request().bytes(server, key);
        Finding finding;
        try (Line line = new Line(dialer.dial(), timeout.multipliedBy(TIMEOUTS))) {
            finding = play(played, line, request, key, sent);
        } catch (IOException e) {
            throw new CannotConnectException(String.valueOf(e.getMessage()), e);
        }
        String told = played.stage() == Stage.HANDSHAKE
                ? shown(played.request().bytes(server.with(List.of(), List.of()), key))
                : sent.toString();
        return outcome(played, finding, told, begun);
    }

    /** What became of a case that began at {@code begun}, by {@link System#nanoTime}. */
    static Outcome outcome(Case played, Finding finding, String sent, long begun) {
        return new Outcome(
                played.id(),
                played.name(),
                played.stage(),
                played.title(),
                played.section(),
                finding.verdict(),
                sent,
                played.expected(),
                finding.got(),
                finding.why(),
                (System.nanoTime() - begun) / 1_000_000);
    }

    private byte[] nonce() {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        return nonce;
    }

    /** A head in one line. */
    static String shown(Bytes head) {
        String text = new String(head.toArray(), StandardCharsets.ISO_8859_1);
        String cut = text.length() <= 600 ? text : text.substring(0, 600) + "… (" + text.length() + " bytes)";
        return PeerText.withoutControls(cut.strip().replace("\r\n", " | "));
    }

    private Finding play(Case played, Line line, Bytes request, String key, SentBytes sent)
            throws InterruptedException {
        Bytes opening = request;
        List<Step> steps = played.steps();
        if (played.eager() && steps.get(0) instanceof Step.Send first) {
            opening = Bytes.join(request, first.bytes());
            sent.add(first.bytes());
            steps = steps.subList(1, steps.size());
        }
        boolean refused = false;
        try {
            line.send(opening, played.request().chop());
        } catch (IOException e) {
            refused = true; // The server may have answered before it ended the connection.
        }
        Head head = readHead(line);
        Opening result = head.text().isEmpty()
                ? new Opening.Failed(head.why() + (refused ? " while the request was sent" : ""), false)
                : judge(head.text(), played.request(), key);
        if (result instanceof Opening.Established established
                && played.answer() != Answer.REFUSED
                && played.answer() != Answer.NOT_SWITCHED) {
            return established(played, line, steps, established, head.rest(), sent);
        }
        return unopened(played, result);
    }

    /** A request with two keys is answered well with the accept of either. */
    private Opening judge(String head, Request request, String key) {
        Opening result = Opening.judge(head, request.handshake(server, key));
        for (String sent : request.keys(key)) {
            if (result instanceof Opening.Failed) {
                result = Opening.judge(head, request.handshake(server, sent));
            }
        }
        return result;
    }

    /** Whether a 101 may be careless, but not wrong. */
    private static boolean lenient(Answer answer) {
        return answer == Answer.BETTER_REFUSED || answer == Answer.EITHER;
    }

    private static Finding unopened(Case played, Opening result) {
        String got = result.shown();
        boolean ended = result instanceof Opening.Failed failed && failed.what().startsWith("end of TCP");
        if (played.eager() && (ended || result instanceof Opening.Refused)) {
            return new Finding(Verdict.UNDEFINED, got, Wanted.Early.WHY);
        }
        if (played.stage() != Stage.HANDSHAKE) {
            boolean offered = played.stage() == Stage.COMPRESSION
                    && result instanceof Opening.Refused refused
                    && refused.status() >= 400;
            return new Finding(
                    Verdict.SKIPPED,
                    got,
                    offered ? Finding.DECLINED + " by an HTTP error" : "the handshake failed, see stage 1");
        }
        if (lenient(played.answer()) && result instanceof Opening.Failed failed && failed.switched()) {
            return Finding.strict("101", got);
        }
        if (played.answer() == Answer.OPENED) {
            return Finding.fail(
                    got,
                    result instanceof Opening.Refused refused
                            ? "expected 101, got " + refused.status() + ": no WebSocket is open after that"
                            : result instanceof Opening.Failed failed && !failed.switched()
                                    ? "expected 101: no WebSocket is open after that"
                                    : "a client must not take this for an open WebSocket");
        }
        int least = played.answer() == Answer.NOT_SWITCHED ? 200 : 300;
        if (result instanceof Opening.Refused refused && refused.status() >= least) {
            // RFC 9110 15.6.2 and 15.6.6: 501 and 505 say what the server does not speak, and are no fault of its own.
            return refused.status() < 500 || refused.status() == 501 || refused.status() == 505
                    ? Finding.pass(got)
                    : Finding.strict(got, "a 5xx says that the server is at fault; expected a 4xx");
        }
        return ended
                ? Finding.strict(got, "expected an HTTP error before the end (RFC 6455 4.2.1)")
                : Finding.fail(got, "expected " + played.answer());
    }

    private Finding established(
            Case played, Line line, List<Step> steps, Opening.Established opened, ByteBuffer rest, SentBytes sent)
            throws InterruptedException {
        DeflateParameters agreed = null;
        if (opened.agreed().extensions().size() > 1) {
            String got = PeerText.escape(Extension.format(opened.agreed().extensions()), 120);
            return Finding.fail("101 with " + got, "expected one extension at most, for one was offered");
        }
        if (!opened.agreed().extensions().isEmpty()) {
            Extension extension = opened.agreed().extensions().get(0);
            DeflateOffer offer = Extension.parse(List.of(played.request().offer()))
                    .flatMap(offers -> offers.stream()
                            .filter(one -> one.name().equals(DeflateParameters.NAME))
                            .findFirst())
                    .flatMap(DeflateOffer::parse)
                    .orElse(null);
            var judgement = offer == null
                    ? new DeflateOffer.Unfit("expected an offer like this to be declined, got " + extension)
                    : offer.judge(extension);
            if (judgement instanceof DeflateOffer.Unfit unfit) {
                return Finding.fail("101 with " + shown(extension), unfit.why());
            }
            agreed = ((DeflateOffer.Agreed) judgement).parameters();
        }
        if (played.stage() == Stage.COMPRESSION && agreed == null && !steps.isEmpty()) {
            return new Finding(Verdict.SKIPPED, "101", Finding.DECLINED);
        }
        if (played.steps().isEmpty()) {
            return careless(played, Finding.pass("101")); // What comes then is for other stages.
        }
        try (Conversation conversation = new Conversation(line, Role.CLIENT, agreed, sent)) {
            conversation.take(rest);
            conversation.play(steps);
            Finding finding = new Judge(conversation, timeout).judge(played.wanted());
            return careless(played, finding);
        }
    }

    private static String shown(Extension extension) {
        return PeerText.escape(extension.toString(), 120);
    }

    /** A server that opens what it had better refused is careless, and not more than that. */
    private static Finding careless(Case played, Finding finding) {
        if (lenient(played.answer()) && finding.verdict() == Verdict.FAIL) {
            return Finding.strict(finding.got(), finding.why());
        }
        boolean careless = played.answer() == Answer.BETTER_REFUSED && finding.verdict() == Verdict.PASS;
        return careless ? Finding.strict("101", "expected " + played.answer()) : finding;
    }

    /** A head, or why there is none; and what came behind it. */
    private record Head(String text, String why, ByteBuffer rest) {}

    private Head readHead(Line line) throws InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long begun = System.nanoTime();
        while (all.size() <= Opening.LARGEST_HEAD) {
            long left = timeout.toNanos() - (System.nanoTime() - begun);
            Line.@Nullable Read read = line.poll(left);
            if (read == null) {
                return none("no answer for " + timeout.toMillis() + " ms");
            }
            if (read instanceof Line.Read.End end) {
                return none(end.how());
            }
            if (read instanceof Line.Read.GivenUp over) {
                return none("given up: " + over.why());
            }
            all.writeBytes(Bytes.of(((Line.Read.Some) read).bytes()).toArray());
            byte[] bytes = all.toByteArray();
            int length = Opening.headLength(all.toString(StandardCharsets.ISO_8859_1));
            if (length > 0) {
                String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
                return new Head(text, "", ByteBuffer.wrap(bytes, length, bytes.length - length));
            }
        }
        return none("an answer without an empty line");
    }

    private static Head none(String why) {
        return new Head("", why, ByteBuffer.allocate(0));
    }
}
