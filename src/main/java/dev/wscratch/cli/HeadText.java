package dev.wscratch.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The head of a handshake in lines for people, without its secrets, since what is shown is soon pasted elsewhere. */
final class HeadText {
    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "set-cookie2");

    private static final int MOST = 1_000;

    private HeadText() {}

    /**
     * {@return its lines, without the empty one at the end}
     *
     * @param head its bytes, from the position on
     */
    static List<String> lines(ByteBuffer head) {
        return StandardCharsets.ISO_8859_1
                .decode(head.duplicate())
                .toString()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(HeadText::line)
                .toList();
    }

    private static String line(String line) {
        int colon = line.indexOf(':');
        boolean secret = colon > 0 && SECRET.contains(line.substring(0, colon).toLowerCase(Locale.ROOT));
        return secret
                ? line.substring(0, colon) + ": (not shown, "
                        + line.substring(colon + 1).strip().length() + " characters)"
                : OneLine.of(line, MOST);
    }
}
