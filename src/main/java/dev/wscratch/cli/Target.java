package dev.wscratch.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people type for a URL. */
final class Target {
    private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*");

    private static final Pattern SERVER = Pattern.compile("(?i)(?:ws|http)(s?)://(?:[^/?#]*@)?([^/?#]*).*");

    private Target() {}

    /** Completes {@code :8080/echo} and {@code host:port/path} to a {@code ws} URL; one with a scheme stays. */
    static String url(String typed) {
        if (SCHEME.matcher(typed).matches()) {
            return typed;
        }
        return typed.startsWith(":") ? "ws://localhost" + typed : "ws://" + typed;
    }

    /** Where the page of a wscratch server would be, without a slash at its end, nor a password. */
    static String page(String url) {
        Matcher parts = SERVER.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected a URL of ws, wss, http or https, got " + Printable.of(url));
        }
        return (parts.group(1).isEmpty() ? "http://" : "https://") + Printable.of(parts.group(2));
    }
}
