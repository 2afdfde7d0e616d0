package dev.wscratch.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lessons as lines for people.
 *
 * @param colours of what is printed on
 * @param width that lines keep to where words let them
 */
record LessonText(Colours colours, int width) {
    /** Of a terminal that does not say how wide it is, and all that is good to read. */
    static final int WIDTH = 80;

    /** Of a page whose server may be anybody's. */
    static final String IF_OURS = "if that is a wscratch server";

    /** Of a page whose server may not run. */
    static final String ONCE_SERVED = "once 'wscratch serve' runs";

    /** Where texts begin, two blanks behind the longest label. */
    private static final int INDENT = 11;

    /** Code stays on one line, with its blanks. */
    private static final Pattern WORD = Pattern.compile("(?:`[^`]*`|\\S)+");

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    /**
     * All of them, and how to go on.
     *
     * @param command that prints one, before its number
     * @param page without a slash at its end
     * @param condition on which the page is there
     */
    List<String> list(String command, String page, String condition) {
        List<String> lines = new ArrayList<>();
        for (Lesson lesson : Lessons.all()) {
            lines.add(String.format(Locale.ROOT, "  %2d  %-30s %s", lesson.number(), lesson.title(), lesson.time()));
        }
        lines.add("");
        add(lines, "To read", "`" + command + " 5` prints lesson 5.");
        add(lines, "To do", place(page, 1, condition));
        return lines;
    }

    /**
     * One of them.
     *
     * @param page without a slash at its end
     * @param condition on which the page is there
     */
    List<String> lesson(Lesson lesson, String page, String condition) {
        List<String> lines = new ArrayList<>();
        lines.add("Lesson " + lesson.number() + ": " + lesson.title() + " (" + lesson.time() + ")");
        lines.add("");
        add(lines, "Do", lesson.task());
        add(lines, "See", lesson.see());
        add(lines, "In short", lesson.sentence());
        add(lines, "Done when", lesson.done());
        add(lines, "Hint", lesson.hint());
        String label = "Read on";
        for (Lesson.Link link : lesson.links()) {
            add(lines, label, link.text() + ": " + link.address());
            label = "";
        }
        add(lines, "Where", place(page, lesson.number(), condition));
        return lines;
    }

    private static String place(String page, int number, String condition) {
        return page + "/#/lesson/" + number + ", " + condition;
    }

    /** Adds a text with a label before its first line. */
    private void add(List<String> lines, String label, String text) {
        StringBuilder line = new StringBuilder(label + " ".repeat(INDENT - label.length()));
        int length = INDENT;
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            String word = words.group();
            int wordLength = word.replace("`", "").length();
            if (length > INDENT && length + 1 + wordLength > width) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(INDENT));
                length = INDENT;
            }
            if (length > INDENT) {
                line.append(' ');
                length++;
            }
            line.append(CODE.matcher(word).replaceAll(code -> Matcher.quoteReplacement(colours.code(code.group(1)))));
            length += wordLength;
        }
        lines.add(line.toString());
    }
}
