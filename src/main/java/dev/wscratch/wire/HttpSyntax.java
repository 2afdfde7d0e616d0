package dev.wscratch.wire;

/** The character classes of HTTP (RFC 9110 section 5.6) and of request targets (RFC 3986), as tables. */
final class HttpSyntax {
    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
    /** Unreserved, sub-delims, and the signs that a path or a query may hold besides; % has a rule of its own. */
    private static final boolean[] TARGET = table("-._~!$&'()*+,;=:@/?%");

    /** Host names: reg-name without percent-encoding, IPv4, the inside of an IPv6 literal (RFC 3986 section 3.2.2). */
    private static final boolean[] HOST = table("-._~!$&'()*+,;=");

    private HttpSyntax() {}

    private static boolean[] table(String signs) {
        boolean[] table = new boolean[256];
        for (char c = 0; c < 128; c++) {
            boolean letterOrDigit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            table[c] = letterOrDigit || signs.indexOf(c) >= 0;
        }
        return table;
    }

    /** A character of a name: method, header name, subprotocol, extension. */
    static boolean isTokenChar(int c) {
        return c < 256 && TOKEN[c];
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(HttpSyntax::isTokenChar);
    }

    /** A character of a header value: visible, blank, or above ASCII (RFC 9110 section 5.5). */
    static boolean isValueChar(int c) {
        return (c >= ' ' && c != 0x7F) || c == '\t';
    }

    /** The first character that no path or query may hold, or -1. */
    static int badTargetChar(String target, int from) {
        for (int i = from; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c > 255 || !TARGET[c]) {
                return i;
            }
            if (c == '%' && !(isHex(target, i + 1) && isHex(target, i + 2))) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether a client may ask for it. More than RFC 3986 allows, since the URL standard leaves such signs as [ and | as they
     * are, and servers know them from browsers; nothing that would end the request line or begin a fragment.
     */
    static boolean isTargetOfAClient(String target) {
        return target.startsWith("/") && target.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#');
    }

    private static boolean isHex(String text, int index) {
        return index < text.length() && Character.digit(text.charAt(index), 16) >= 0;
    }

    static boolean isHostChar(int c) {
        return c < 256 && HOST[c];
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    /** {@code text[from, to)} without the blanks around it (RFC 9110 section 5.6.3). */
    static String trim(String text, int from, int to) {
        int first = from;
        int end = to;
        while (first < end && isBlank(text.charAt(first))) {
            first++;
        }
        while (end > first && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(first, end);
    }

    /** A peer's text for people: in quotes, cut at 60 characters, control characters and bytes above ASCII escaped. */
    static String quote(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            if (i == 60) {
                return shown.append("…\" (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
            }
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F) {
                shown.append(String.format(c > 0xFF ? "\\u%04x" : "\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append('"').toString();
    }
}
