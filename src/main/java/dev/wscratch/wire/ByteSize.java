package dev.wscratch.wire;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them, for every place that takes one as text. */
public final class ByteSize {
    /** What is said of a text that is none. */
    public static final String EXAMPLES = "65536, 64KB or 1MiB";

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");

    /** Decimal units count in thousands, binary ones in 1,024s, as SI and IEC have it. */
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30);

    private ByteSize() {}

    /**
     * Reads a size such as {@code 65536}, {@code 64KB} or {@code 1 MiB}, in any case.
     *
     * @param text may have blanks around it
     * @return the bytes, {@link Long#MAX_VALUE} if they are more than that; empty if the text is no size
     */
    public static OptionalLong read(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text.strip());
        Long unit = parts.matches() ? UNITS.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            return OptionalLong.empty();
        }
        long count = Long.parseLong(parts.group(1));
        return OptionalLong.of(count > Long.MAX_VALUE / unit ? Long.MAX_VALUE : count * unit);
    }
}
