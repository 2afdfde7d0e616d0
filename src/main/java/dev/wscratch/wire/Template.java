package dev.wscratch.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with places for values: {@code The payload is {length} bytes long.} */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private Template() {}

    /**
     * Puts the values in their places, once: braces inside a value are no place.
     *
     * @param namesAndValues each name is followed by its value; a place without a value stays as it is
     */
    static String fill(String template, Object... namesAndValues) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), place.group(), namesAndValues)));
    }

    private static String value(String name, String absent, Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals(name)) {
                return namesAndValues[i + 1].toString();
            }
        }
        return absent;
    }
}
