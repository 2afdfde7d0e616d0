package dev.wscratch.client;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The host of a URL as the WHATWG URL standard reads it (section 3.5): a name, an IPv4 address in any of its forms, or an
 * IPv6 address in brackets.
 *
 * <p>Names in other scripts are written in Punycode by {@link IDN}, which follows IDNA 2003: four characters such as ß are
 * replaced as they were then, where browsers keep them.
 */
final class UrlHost {
    private static final String FORBIDDEN = " #/:<>?@[\\]^|%\u007f";

    private UrlHost() {}

    /** {@return the host as it is written in a URL, or null if it is none} */
    static @Nullable String parse(String text) {
        if (text.startsWith("[")) {
            return text.endsWith("]") ? ipv6(text.substring(1, text.length() - 1)) : null;
        }
        String name = ascii(text);
        if (name == null || name.isEmpty() || name.chars().anyMatch(c -> c < ' ' || FORBIDDEN.indexOf(c) >= 0)) {
            return null;
        }
        return endsInNumber(name) ? ipv4(name) : name;
    }

    private static @Nullable String ascii(String text) {
        try {
            // A plus is no blank here.
            String decoded = URLDecoder.decode(
                    text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25").replace("+", "%2B"), StandardCharsets.UTF_8);
            if (decoded.chars().allMatch(c -> c < 0x80)) {
                return decoded.toLowerCase(Locale.ROOT);
            }
            String name = Normalizer.normalize(decoded, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            // It is no name; the caller says so, with the whole URL.
            return null;
        }
    }

    private static boolean endsInNumber(String name) {
        String whole = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String last = whole.substring(whole.lastIndexOf('.') + 1);
        return last.matches("[0-9]+|0[xX][0-9A-Fa-f]*");
    }

    private static @Nullable String ipv4(String name) {
        List<String> parts =
                List.of((name.endsWith(".") ? name.substring(0, name.length() - 1) : name).split("\\.", -1));
        if (parts.size() > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            long part = number(parts.get(i));
            // The last part stands for all bytes that are left: 127.1 is 127.0.0.1.
            int bits = last ? 8 * (5 - parts.size()) : 8;
            if (part < 0 || part >= 1L << bits) {
                return null;
            }
            address = address << bits | part;
        }
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    /** A decimal, octal (0…) or hexadecimal (0x…) number, or -1. */
    private static long number(String part) {
        boolean hex = part.matches("0[xX][0-9A-Fa-f]*");
        boolean octal = !hex && part.length() > 1 && part.startsWith("0");
        String digits = hex ? part.substring(2) : part;
        if (hex && digits.isEmpty()) {
            return 0;
        }
        if (!digits.matches(hex ? "[0-9A-Fa-f]+" : octal ? "[0-7]+" : "[0-9]+")) {
            return -1;
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 12 ? Long.MAX_VALUE : Long.parseLong(significant, hex ? 16 : octal ? 8 : 10);
    }

    private static @Nullable String ipv6(String text) {
        String[] halves = text.split("::", -1);
        if (halves.length > 2) {
            return null;
        }
        List<Integer> head = pieces(halves[0], halves.length == 1);
        List<Integer> tail = halves.length == 2 ? pieces(halves[1], true) : List.of();
        if (head == null || tail == null) {
            return null;
        }
        int missing = 8 - head.size() - tail.size();
        if (halves.length == 2 ? missing < 1 : missing != 0) {
            return null;
        }
        List<Integer> all = new ArrayList<>(head);
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(tail);
        return "[" + compressed(all) + "]";
    }

    private static @Nullable List<Integer> pieces(String text, boolean atEnd) {
        List<Integer> pieces = new ArrayList<>();
        if (text.isEmpty()) {
            return pieces;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (atEnd
                    && i == parts.length - 1
                    && parts[i].matches("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})")) {
                String address = ipv4(parts[i]);
                if (address == null) {
                    return null;
                }
                String[] bytes = address.split("\\.", -1);
                pieces.add(Integer.parseInt(bytes[0]) << 8 | Integer.parseInt(bytes[1]));
                pieces.add(Integer.parseInt(bytes[2]) << 8 | Integer.parseInt(bytes[3]));
            } else if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
                pieces.add(Integer.parseInt(parts[i], 16));
            } else {
                return null;
            }
        }
        return pieces;
    }

    /** RFC 5952 section 4.2: the first longest run of two or more zeros is "::". */
    private static String compressed(List<Integer> pieces) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && pieces.get(i + length) == 0) {
                length++;
            }
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append(i == 0 ? "::" : ":");
                i += bestLength - 1;
            } else {
                text.append(Integer.toHexString(pieces.get(i))).append(i < 7 ? ":" : "");
            }
        }
        return text.toString();
    }
}
