package dev.wscratch.check;

import dev.wscratch.wire.Opcode;
import dev.wscratch.wire.PeerText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Values in words for people; what a peer chose is escaped. */
final class Shown {
    private static final int MOST = 32;

    private Shown() {}

    static String payload(Opcode opcode, Bytes payload) {
        if (payload.length() == 0) {
            return "(empty)";
        }
        String text = new String(payload.toArray(), StandardCharsets.UTF_8);
        boolean readable = opcode == Opcode.TEXT || (opcode == Opcode.PONG && text.matches("\\p{Print}+"));
        if (readable && payload.length() <= MOST) {
            return "\"" + PeerText.escape(text, MOST) + "\"";
        }
        String length = payload.length() == 1 ? " (1 byte)" : " (" + payload.length() + " bytes)";
        return payload.hex(16) + (payload.length() <= 16 ? length : "");
    }

    static String close(int code, String reason) {
        return "close " + (code == 1005 ? "without code" : Integer.toString(code))
                + (reason.isEmpty() ? "" : " \"" + PeerText.escape(reason, MOST) + "\"");
    }

    static String replies(List<Reply> replies) {
        return replies.stream().map(Reply::toString).collect(Collectors.joining(", "));
    }

    static String codes(Set<Integer> codes) {
        return new TreeSet<>(codes)
                .stream().map(code -> code == 1005 ? "none" : code.toString()).collect(Collectors.joining(" or "));
    }
}
