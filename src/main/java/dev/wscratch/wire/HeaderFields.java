package dev.wscratch.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The header lines of a head, in their order, repeated ones kept.
 *
 * @param all every line
 */
public record HeaderFields(List<HeaderField> all) {
    public static final HeaderFields NONE = new HeaderFields(List.of());

    public HeaderFields {
        all = List.copyOf(all);
    }

    /** The values of every line of this name, in their order. */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>(1);
        for (HeaderField field : all) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /** The value of the first line of this name, or null. */
    public @Nullable String first(String name) {
        for (HeaderField field : all) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** Whether any line has this name. */
    public boolean has(String name) {
        return first(name) != null;
    }

    /**
     * Whether a header that is a list names this word, case aside. Lists may be spread over lines (RFC 9110 section 5.3),
     * and have blanks and empty elements (section 5.6.1).
     */
    public boolean lists(String name, String word) {
        for (String value : values(name)) {
            int from = 0;
            while (from <= value.length()) {
                int comma = value.indexOf(',', from);
                int to = comma < 0 ? value.length() : comma;
                if (HttpSyntax.trim(value, from, to).equalsIgnoreCase(word)) {
                    return true;
                }
                from = to + 1;
            }
        }
        return false;
    }

    /** Whether any line's name begins so, case aside. */
    boolean hasPrefix(String prefix) {
        for (HeaderField field : all) {
            if (field.name().toLowerCase(Locale.ROOT).startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
