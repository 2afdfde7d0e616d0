package dev.wscratch.cli;

import java.util.regex.Pattern;

/** What people type for a URL. */
final class Target {
    private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*");

    private Target() {}

    /** Completes {@code :8080/echo} and {@code host:port/path} to a {@code ws} URL; one with a scheme stays. */
    static String url(String typed) {
        if (SCHEME.matcher(typed).matches()) {
            return typed;
        }
        return typed.startsWith(":") ? "ws://localhost" + typed : "ws://" + typed;
    }
}
