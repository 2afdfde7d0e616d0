package dev.wscratch.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * {@code Sec-WebSocket-Protocol}: the languages that may be spoken inside the messages (RFC 6455 sections 1.9 and 4.1).
 * The client lists what it can, best first; the server chooses one or none.
 */
public final class Subprotocols {
    /** A longer list is refused. */
    public static final int MAX_SUBPROTOCOLS = 64;

    private Subprotocols() {}

    /**
     * Reads the header, which may be spread over several lines (section 11.3.4), in linear time. The RFC wants the names
     * to differ; a repeated one does no harm and is kept once.
     *
     * @return empty if the grammar or the bound is broken; no values give an empty list
     */
    public static Optional<List<String>> parse(List<String> values) {
        List<String> names = new ArrayList<>();
        int count = 0;
        for (String value : values) {
            int before = count;
            int from = 0;
            while (from <= value.length()) {
                int comma = value.indexOf(',', from);
                int to = comma < 0 ? value.length() : comma;
                String name = HttpSyntax.trim(value, from, to);
                from = to + 1;
                if (name.isEmpty()) {
                    continue; // an empty element of a list is allowed (RFC 9110 5.6.1.2)
                }
                if (!HttpSyntax.isToken(name) || ++count > MAX_SUBPROTOCOLS) {
                    return Optional.empty();
                }
                if (!names.contains(name)) {
                    names.add(name);
                }
            }
            if (count == before) {
                return Optional.empty(); // 1#token: at least one
            }
        }
        return Optional.of(List.copyOf(names));
    }

    /** The client's first choice among those that the server speaks; empty means "none", and the handshake goes on. */
    public static Optional<String> select(List<String> offered, Collection<String> supported) {
        return offered.stream().filter(supported::contains).findFirst();
    }
}
