package dev.wscratch.inspect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a page writes into the query of a connection that it wants to watch: {@code lab=<32 hex digits>.<number>}.
 *
 * @param lab the page's own random 128 bits in lower-case hex; who knows them may watch
 * @param connection the page's number for the connection, from 1
 */
public record Mark(String lab, int connection) {
    private static final String PARAMETER = "lab=";
    private static final Pattern LAB = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern VALUE = Pattern.compile("([0-9a-f]{32})\\.([1-9][0-9]{0,8})");

    /**
     * Finds the mark in a query.
     *
     * @param query as it was sent, or null
     * @return null when there is none, or none that is well-formed
     */
    public static @Nullable Mark of(@Nullable String query) {
        if (query == null || !query.contains(PARAMETER)) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(PARAMETER)) {
                Matcher value = VALUE.matcher(pair.substring(PARAMETER.length()));
                return value.matches() ? new Mark(value.group(1), Integer.parseInt(value.group(2))) : null;
            }
        }
        return null;
    }

    static boolean isLab(String text) {
        return LAB.matcher(text).matches();
    }

    /** The lab is a key: it is not for logs. */
    @Override
    public String toString() {
        return "Mark[connection=" + connection + "]";
    }
}
