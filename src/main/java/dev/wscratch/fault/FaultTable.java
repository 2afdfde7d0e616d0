package dev.wscratch.fault;

import java.util.List;
import java.util.stream.Collectors;

/** The table of faults as text, for programs and for people. */
public final class FaultTable {
    private FaultTable() {}

    /** {@return an array of objects, UTF-8 when encoded} */
    public static String json() {
        return Faults.all().stream().map(FaultTable::json).collect(Collectors.joining(",\n ", "[\n ", "\n]\n"));
    }

    private static String json(Fault fault) {
        return object(List.of(
                field("id", quote(fault.id())),
                field("url", quote(fault.url())),
                field(
                        "parameters",
                        fault.parameters().stream().map(FaultTable::json).collect(Collectors.joining(",", "[", "]"))),
                field("does", quote(fault.does())),
                field("client", quote(fault.client())),
                field("rfc", quote(fault.section())),
                field("try", quote(fault.attempt()))));
    }

    private static String json(Parameter<?> parameter) {
        return object(List.of(
                field("name", quote(parameter.name())),
                field("in", quote(parameter.inPath() ? "path or query" : "query")),
                field("type", quote(parameter.type().name())),
                field("range", quote(parameter.type().range())),
                field("default", quote(parameter.preset())),
                field("meaning", quote(parameter.meaning()))));
    }

    private static String object(List<String> fields) {
        return String.join(",", fields).transform(inside -> "{" + inside + "}");
    }

    private static String field(String name, String value) {
        return quote(name) + ":" + value;
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** {@return a table for a README, with a last line break} */
    public static String markdown() {
        StringBuilder table = new StringBuilder(
                "| fault | what the server does | what a conforming client must do | RFC | try |\n|---|---|---|---|---|\n");
        for (Fault fault : Faults.all()) {
            table.append("| `")
                    .append(fault.url())
                    .append('`')
                    .append(fault.parameters().stream()
                            .map(FaultTable::markdown)
                            .collect(Collectors.joining()))
                    .append(" | ")
                    .append(cell(fault.does()))
                    .append(" | ")
                    .append(cell(fault.client()))
                    .append(" | ")
                    .append(cell(fault.section()))
                    .append(" | ")
                    .append(fault.attempt().startsWith("wscratch ") ? "`" + fault.attempt() + "`" : fault.attempt())
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String markdown(Parameter<?> parameter) {
        return "<br>" + parameter.name() + ": " + cell(parameter.meaning()) + "; "
                + cell(parameter.type().range()) + " ("
                + (parameter.preset().isEmpty() ? "empty" : cell(parameter.preset())) + ")";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
