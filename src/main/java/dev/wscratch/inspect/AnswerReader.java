package dev.wscratch.inspect;

import dev.wscratch.wire.DeflateParameters;
import dev.wscratch.wire.Extension;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says before its first frame, whatever that is: the head of a 101, a refusal with its body, or bytes
 * that are no HTTP at all.
 *
 * <pre>
 *         101                       other status           body whole
 *  HEAD ───────▶ UPGRADED   HEAD ────────────────▶ BODY ──────────────▶ OVER
 *    └── no HTTP, or a head without end ──▶ OVER                           └── what else comes is just bytes
 * </pre>
 *
 * <p>Belongs to one thread at a time.
 */
final class AnswerReader {
    /** What the bytes have come to. */
    enum State {
        HEAD,
        BODY,
        UPGRADED,
        OVER
    }

    private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

    /** The longest head and, counted together, body that is kept. */
    static final int MOST = 16 << 10;

    private static final HeadLimits LIMITS = new HeadLimits(MOST, 1000);

    private final Excerpt.Collector kept = new Excerpt.Collector(MOST);
    private State state = State.HEAD;

    /** Of the bytes so far, how many could be the head's last four, CR LF CR LF. */
    private int ending;

    /** Bytes of the body that are still to come; negative when nothing said how many. */
    private long left = -1;

    private @Nullable Extension deflate;

    State state() {
        return state;
    }

    /** {@return whether no byte has come} */
    boolean isEmpty() {
        return kept.length() == 0;
    }

    /** {@return whether what has come begins as HTTP does} */
    boolean isHttp() {
        return kept.size() >= HTTP.length;
    }

    /** {@return what has come} */
    Excerpt excerpt() {
        return kept.excerpt();
    }

    /** {@return the compression that the 101 agreed to, as it stands there; null for none} */
    @Nullable Extension deflate() {
        return deflate;
    }

    /** Takes bytes up to the end of the answer: until the state is UPGRADED or OVER, or none remain. */
    void take(ByteBuffer in) {
        while (state == State.HEAD && in.hasRemaining()) {
            head(in);
        }
        if (state == State.BODY && in.hasRemaining()) {
            int size = left < 0 ? in.remaining() : (int) Math.min(left, in.remaining());
            keep(in, size);
            left = left < 0 ? left : left - size;
        }
        if (state == State.BODY && left == 0) {
            state = State.OVER;
        }
    }

    private void keep(ByteBuffer in, int size) {
        kept.take(in.slice(in.position(), size));
        in.position(in.position() + size);
    }

    private void head(ByteBuffer in) {
        int index = (int) kept.length();
        byte next = in.get(in.position());
        if (index < HTTP.length && next != HTTP[index]) {
            state = State.OVER;
            return;
        }
        keep(in, 1);
        boolean expected = next == (ending % 2 == 0 ? '\r' : '\n');
        ending = expected ? ending + 1 : next == '\r' ? 1 : 0;
        if (ending == 4) {
            state = State.BODY;
            judge();
        } else if (kept.length() == MOST) {
            state = State.OVER;
        }
    }

    private void judge() {
        ByteBuffer bytes = ByteBuffer.wrap(kept.excerpt().bytes());
        if (!(ResponseHead.parse(bytes, LIMITS) instanceof ResponseHead head)) {
            return;
        }
        if (head.status() == 101) {
            state = State.UPGRADED;
            deflate = Extension.parse(head.headers().values("Sec-WebSocket-Extensions"))
                    .flatMap(AnswerReader::deflate)
                    .orElse(null);
        } else {
            List<String> lengths = head.headers().values("Content-Length");
            boolean known = lengths.size() == 1 && lengths.get(0).matches("[0-9]{1,18}");
            left = known ? Long.parseLong(lengths.get(0)) : -1;
        }
    }

    private static Optional<Extension> deflate(List<Extension> agreed) {
        return agreed.stream()
                .filter(extension -> extension.name().equals(DeflateParameters.NAME))
                .findFirst();
    }
}
