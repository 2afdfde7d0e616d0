package dev.wscratch.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Origins in one spelling (RFC 6454 section 6): small letters, and no port if it is the scheme's own. */
final class Origin {
    private Origin() {}

    /** {@code HTTP://Host:80} becomes {@code http://host}; null if the text is not {@code scheme://host[:port]}. */
    static @Nullable String normalise(String text) {
        int colon = text.indexOf("://");
        if (colon < 1) {
            return null;
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        // RFC 3986 3.1: a letter, then letters, digits and + - .
        boolean wellFormed = Character.isLetter(scheme.charAt(0))
                && scheme.chars().allMatch(c -> HttpSyntax.isTokenChar(c) && "!#$%&'*^_`|~".indexOf(c) < 0);
        Authority authority = Authority.parse(text.substring(colon + 3));
        return wellFormed && authority != null ? of(scheme, authority) : null;
    }

    static String of(String scheme, Authority authority) {
        int own =
                switch (scheme) {
                    case "http", "ws" -> 80;
                    case "https", "wss" -> 443;
                    default -> -1;
                };
        int port = authority.portOr(own);
        return scheme + "://" + authority.host() + (port == own ? "" : ":" + port);
    }
}
