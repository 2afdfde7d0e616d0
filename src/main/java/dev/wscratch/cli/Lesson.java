package dev.wscratch.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A lesson of the page, as much of it as is read without the page. In texts, what stands in backquotes is code.
 *
 * @param number from 1 on
 * @param title a line
 * @param minutes that it takes
 * @param task what to do
 * @param see what is to be seen then
 * @param sentence all of it in one
 * @param done when it is, to be read behind "Done when"
 * @param hint for those who are stuck
 * @param links where the standards say so
 */
record Lesson(
        int number,
        String title,
        int minutes,
        String task,
        String see,
        String sentence,
        String done,
        String hint,
        List<Link> links) {
    /** A section of a standard. */
    record Link(String text, String address) {
        private static Link of(String standard, String section) {
            return switch (standard) {
                case "6455", "7692" ->
                    new Link(
                            "RFC " + standard + " §" + section,
                            "https://www.rfc-editor.org/rfc/rfc" + standard + "#section-" + section);
                case "whatwg" ->
                    new Link(
                            "WHATWG WebSockets " + section.replace("dom-websocket-", ""),
                            "https://websockets.spec.whatwg.org/#" + section);
                default -> throw new IllegalArgumentException("expected 6455, 7692 or whatwg, got " + standard);
            };
        }
    }

    /**
     * As the file has it.
     *
     * @throws IllegalArgumentException if a field is missing, or is something else
     */
    static Lesson of(Object lesson) {
        Map<?, ?> fields = as(Map.class, "lesson", lesson);
        return new Lesson(
                as(Long.class, "id", fields.get("id")).intValue(),
                text(fields, "title"),
                as(Long.class, "minutes", fields.get("minutes")).intValue(),
                text(fields, "do"),
                text(fields, "see"),
                text(fields, "sentence"),
                text(fields, "done"),
                text(fields, "hint"),
                links(as(List.class, "links", fields.get("links"))));
    }

    private static List<Link> links(List<?> links) {
        return links.stream()
                .map(link -> as(List.class, "link", link))
                .map(link ->
                        Link.of(as(String.class, "standard", link.get(0)), as(String.class, "section", link.get(1))))
                .toList();
    }

    private static String text(Map<?, ?> fields, String name) {
        return as(String.class, name, fields.get(name));
    }

    private static <T> T as(Class<T> type, String name, @Nullable Object value) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new IllegalArgumentException("expected " + name + " to be a " + type.getSimpleName() + ", got " + value);
    }

    /** Such as {@code 1 minute}. */
    String time() {
        return minutes + (minutes == 1 ? " minute" : " minutes");
    }
}
