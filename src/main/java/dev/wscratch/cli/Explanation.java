package dev.wscratch.cli;

import dev.wscratch.wire.ClientHandshake;
import dev.wscratch.wire.Diagnosis;
import dev.wscratch.wire.FrameExplainer;
import dev.wscratch.wire.FrameLimits;
import dev.wscratch.wire.FrameParser;
import dev.wscratch.wire.Handshake;
import dev.wscratch.wire.HandshakeExplainer;
import dev.wscratch.wire.HeadLimits;
import dev.wscratch.wire.PeerText;
import dev.wscratch.wire.Refusal;
import dev.wscratch.wire.RequestHead;
import dev.wscratch.wire.ResponseHead;
import dev.wscratch.wire.Role;
import dev.wscratch.wire.Rule;
import dev.wscratch.wire.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one direction of a connection says: perhaps a head, then frames, each byte explained, and judged. */
final class Explanation {
    /** Who sent the bytes. */
    enum Sender {
        GUESS,
        CLIENT,
        SERVER
    }

    /** Characters of a message that are shown. */
    private static final int MOST_TEXT = 1_000;

    private static final FrameLimits NO_LIMITS = new FrameLimits(1L << 40, Integer.MAX_VALUE);

    private final byte[] bytes;
    private final boolean deflate;

    /** Takes each line as soon as it is known: those of a large capture do not fit into memory. */
    private final Consumer<String> out;

    private boolean right = true;

    /** The head's sender, if there is a head. */
    private Sender sender;

    /** Judges the frames; null until there is one. */
    private @Nullable FrameParser parser;

    private final MessageText message = new MessageText();
    private boolean judging = true;

    /** Explains all bytes, line by line. */
    Explanation(byte[] bytes, Sender sender, boolean deflate, Consumer<String> out) {
        this.bytes = bytes;
        this.sender = sender;
        this.deflate = deflate;
        this.out = out;
        frames(head());
    }

    /** Whether everything was whole and broke no rule. */
    boolean isRight() {
        return right;
    }

    /** {@return where the frames begin} */
    private int head() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean response = text.startsWith("HTTP/");
        if (!response && !text.matches("(?s)[A-Z]+ /?\\S* HTTP/.*")) {
            return 0;
        }
        if (sender == Sender.GUESS) {
            sender = response ? Sender.SERVER : Sender.CLIENT;
        }
        int blank = text.indexOf("\r\n\r\n");
        int end = blank < 0 ? bytes.length : blank + 4;
        ByteBuffer head = ByteBuffer.wrap(bytes, 0, end).slice();
        out.accept((response ? "response" : "request") + ", " + end + " bytes");
        out.accept(headLines(head));
        if (blank < 0) {
            wrong("cut short: expected an empty line (CR LF CR LF) at the end of the head, found none");
        } else if (response) {
            judgeResponse(head);
        } else {
            judgeRequest(head);
        }
        return end;
    }

    private static String headLines(ByteBuffer head) {
        StringBuilder text = new StringBuilder();
        HandshakeExplainer.explain(head).forEach(piece -> {
            byte[] some = new byte[piece.length()];
            head.get(piece.offset(), some);
            String words = new String(some, StandardCharsets.ISO_8859_1);
            if (!words.isBlank()) {
                text.append("  ")
                        .append(OneLine.of(words.strip(), 200))
                        .append("\n      ")
                        .append(piece.sentence())
                        .append(" (")
                        .append(piece.section())
                        .append(")\n");
            }
        });
        return text.toString().stripTrailing();
    }

    private void judgeRequest(ByteBuffer head) {
        var parsed = RequestHead.parse(head, HeadLimits.DEFAULT);
        Object verdict = parsed instanceof RequestHead request ? Handshake.judge(request) : parsed;
        if (verdict instanceof Refusal refusal) {
            broken(refusal.rule(), refusal.expected(), refusal.actual());
        } else if (verdict instanceof Handshake.Accepted accepted) {
            out.accept("  right: a server answers 101 with Sec-WebSocket-Accept: " + accepted.accept());
        } else {
            wrong("no WebSocket handshake: there is no Upgrade: websocket");
        }
    }

    private void judgeResponse(ByteBuffer head) {
        var parsed = ResponseHead.parse(head, HeadLimits.DEFAULT);
        if (parsed instanceof ClientHandshake.Failure failure) {
            broken(failure.rule(), failure.expected(), failure.actual());
        } else if (parsed instanceof ResponseHead answer && answer.status() != 101) {
            wrong("refused: expected status 101, got " + answer.status());
        } else {
            out.accept("  Sec-WebSocket-Accept is not checked: that takes the key of the request");
        }
    }

    private void frames(int from) {
        int at = from;
        while (at < bytes.length) {
            ByteBuffer rest = ByteBuffer.wrap(bytes, at, bytes.length - at).slice();
            long length = lengthOf(rest);
            int there = length < 0 ? rest.remaining() : (int) Math.min(length, rest.remaining());
            out.accept("frame at byte " + at + ", " + there + (there < length ? " of " + length : "") + " bytes");
            frame(rest.slice(0, there));
            if (judging && (length < 0 || there < length)) {
                wrong("cut short: expected " + (length < 0 ? "a whole header" : length + " bytes") + ", found "
                        + there);
                judging = false;
            }
            at += there;
        }
        FrameParser judge = parser;
        if (judging && judge != null && judge.isMidMessage()) {
            wrong("cut short: expected a frame with FIN that ends the message, found the end of the bytes");
        }
    }

    /** {@return how long the frame should be, with its header; negative if that is not known yet, or absurd} */
    private static long lengthOf(ByteBuffer frame) {
        if (frame.limit() < 2) {
            return -1;
        }
        int second = frame.get(1);
        int seven = second & 0x7F;
        int header = 2 + (seven < 126 ? 0 : seven == 126 ? 2 : 8) + (second < 0 ? 4 : 0);
        if (frame.limit() < header) {
            return -1;
        }
        long payload = seven < 126 ? seven : seven == 126 ? frame.getShort(2) & 0xFFFF : frame.getLong(2);
        return payload < 0 || payload > Long.MAX_VALUE - header ? -1 : header + payload;
    }

    private void frame(ByteBuffer frame) {
        FrameParser judge = parser;
        if (judge == null) {
            boolean masked = frame.limit() > 1 && frame.get(1) < 0;
            boolean client = sender == Sender.CLIENT || (sender == Sender.GUESS && masked);
            judge = new FrameParser(client ? Role.SERVER : Role.CLIENT, deflate, NO_LIMITS);
            parser = judge;
        }
        out.accept(FrameText.explained(
                frame, FrameExplainer.explain(frame, judge.isMidMessage() ? message.opcode() : null)));
        if (!judging) {
            out.accept("  not judged: whoever receives this has stopped reading before");
            return;
        }
        // The parser unmasks in place, and what was explained stays as it was.
        byte[] copy = new byte[frame.limit()];
        frame.get(0, copy);
        judge(judge, ByteBuffer.wrap(copy));
    }

    private void judge(FrameParser judge, ByteBuffer copy) {
        while (true) {
            switch (judge.next(copy)) {
                case HEADER -> message.header(judge);
                case PAYLOAD -> message.payload(judge);
                case FRAME_END -> ended(judge);
                case CLOSED -> {
                    out.accept("  close " + judge.closeReason().code() + " \""
                            + PeerText.escape(judge.closeReason().reason(), MOST_TEXT) + "\"");
                    judging = false;
                    return;
                }
                case VIOLATION -> {
                    Violation violation = judge.violation();
                    broken(violation.rule(), violation.expected(), violation.actual());
                    out.accept("  at byte " + violation.offsetInFrame() + " of the frame; the receiver closes with "
                            + violation.closeCode());
                    judging = false;
                    return;
                }
                case NEED_INPUT -> {
                    return;
                }
            }
        }
    }

    private void ended(FrameParser judge) {
        MessageText.Content content = message.ended(judge);
        if (content == null) {
            return;
        }
        if (content.fault() != null) {
            broken(
                    content.fault().rule(),
                    content.fault().expected(),
                    content.fault().actual());
            judging = false;
        } else {
            out.accept("  " + content.opcode().label() + (content.compressed() ? ", inflated" : "") + ": "
                    + content.shown(MOST_TEXT));
        }
    }

    private void broken(Rule rule, String expected, String actual) {
        wrong("expected " + Printable.of(expected) + ", got " + Printable.of(actual) + ". " + rule.sentence() + " ("
                + rule.section() + ")");
        Diagnosis diagnosis = Diagnosis.of(rule);
        out.accept("  likely: " + diagnosis.cause());
        out.accept("  try: " + diagnosis.advice());
    }

    private void wrong(String line) {
        right = false;
        out.accept("  WRONG: " + line);
    }
}
