package dev.wscratch.cli;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes written as hex digits by people and by programs: in pairs or in longer words, with blanks, commas, colons, or
 * {@code 0x} and {@code \x} between them, or as {@code hexdump -C}, {@code xxd} and {@code od -A x -t x1} print them.
 */
final class HexText {
    /** An offset at the beginning of a line; it only counts as one if it says how many bytes stand before it. */
    private static final Pattern OFFSET = Pattern.compile("\\s*(?:0x)?([0-9a-fA-F]{4,16})(:\\s|\\s+|:?$)");

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,:;]+");
    private static final Pattern PREFIX = Pattern.compile("(?i)0x|\\\\x");

    private HexText() {}

    /**
     * Reads all bytes.
     *
     * @throws UsageException if there is something else, or half a byte
     */
    static byte[] bytes(Value given) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String[] lines = given.text().split("\\R", -1);
        boolean dump = isDump(lines);
        for (String line : lines) {
            String digits = dump ? ofDump(line, bytes.size()) : line;
            for (String word : SEPARATORS.split(PREFIX.matcher(digits).replaceAll(" "), -1)) {
                bytes.writeBytes(word(given, word));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] word(Value given, String word) {
        // "0x5" and "5" alone are what people write for 05.
        String even = word.length() == 1 ? "0" + word : word;
        try {
            return HexFormat.of().parseHex(even);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    given.source() + ": expected hex digits, two for each byte, got \"" + OneLine.of(word, 40) + "\"");
        }
    }

    /** A dump begins with offset 0, and has more than that offset in its line. */
    private static boolean isDump(String[] lines) {
        Matcher first = OFFSET.matcher(lines[0]);
        boolean offset = first.lookingAt() && first.end() < lines[0].length() && isNumber(first.group(1), 0);
        boolean separated =
                offset && (first.group(2).startsWith(":") || first.group(2).length() > 1);
        // One blank behind the offset, as od has it: then only a second line with its offset tells.
        return separated || (offset && lines.length > 1 && startsWithOffset(lines[1]));
    }

    private static boolean startsWithOffset(String line) {
        Matcher offset = OFFSET.matcher(line);
        return offset.lookingAt() && offset.group(1).matches("0*[1-9a-fA-F][0-9a-fA-F]?");
    }

    private static boolean isNumber(String hex, long expected) {
        return Long.parseUnsignedLong(hex, 16) == expected;
    }

    private static String ofDump(String line, int before) {
        Matcher offset = OFFSET.matcher(line);
        if (!offset.lookingAt() || !isNumber(offset.group(1), before)) {
            return line;
        }
        String rest = line.substring(offset.end());
        if (rest.contains("|")) {
            return rest.substring(0, rest.indexOf('|'));
        }
        // xxd puts two blanks before its column of characters, and none within its digits.
        int gap = rest.indexOf("  ");
        return offset.group(2).startsWith(":") && gap >= 0 ? rest.substring(0, gap) : rest;
    }
}
