package dev.wscratch.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All the words of this room as one table for programs in other languages: what {@link FrameExplainer}, {@link
 * HandshakeExplainer} and {@link Diagnosis} say, with {@code {name}} where a value goes.
 */
public final class Words {
    private Words() {}

    /**
     * The table as a JSON object, UTF-8 when encoded. Its members:
     *
     * <ul>
     *   <li>{@code pieces}: by name, each with {@code label}, {@code sentence}, {@code section}
     *   <li>{@code opcodes}: all sixteen, each with {@code value}, {@code name}, {@code label}, {@code control}, {@code
     *       sentence}, and what a frame of it is: {@code last} with FIN, {@code notLast} without
     *   <li>{@code headers}: by name in small letters; {@code otherHeaders} for those that begin with {@code prefix}, and
     *       for the rest
     *   <li>{@code rules}: {@code frame}, {@code handshake}, {@code response}, {@code head}, each a list of rules with
     *       their diagnosis
     *   <li>{@code statuses}: of refused handshakes, each with {@code status}, {@code name}, {@code section} and its
     *       diagnosis; for what breaks no rule that is known
     *   <li>{@code closeCodes}, and {@code closeCodeRanges} for those without a name of their own
     *   <li>{@code guid}, {@code maxPieces}
     * </ul>
     */
    public static String json() {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("pieces", byName(Arrays.asList(Piece.values()), Piece::name, Words::piece));
        table.put("maxPieces", PayloadExplainer.MAX_PIECES);
        table.put("opcodes", opcodes());
        table.put("headers", byName(HeaderWords.known().keySet(), name -> name, name -> header(HeaderWords.of(name))));
        table.put(
                "otherHeaders",
                object(
                        "prefix",
                        HeaderWords.OURS,
                        "ofWebSocket",
                        header(HeaderWords.OTHER_OF_OURS),
                        "other",
                        header(HeaderWords.OTHER)));
        table.put(
                "rules",
                object(
                        "frame", rules(FrameRule.values()),
                        "handshake", rules(HandshakeRule.values()),
                        "response", rules(ResponseRule.values()),
                        "head", rules(HeadRule.values())));
        table.put("statuses", StatusWords.all().stream().map(Words::status).toList());
        table.put(
                "closeCodes",
                CloseCode.registered().stream().map(code -> code(code, "code")).toList());
        table.put("closeCodeRanges", ranges());
        table.put("guid", Accept.GUID);
        return JsonText.of(table) + "\n";
    }

    private static <T> Map<String, Object> byName(
            Iterable<T> all, Function<T, String> name, Function<T, Map<String, Object>> words) {
        Map<String, Object> byName = new LinkedHashMap<>();
        all.forEach(one -> byName.put(name.apply(one), words.apply(one)));
        return byName;
    }

    private static Map<String, Object> piece(Piece piece) {
        return object("label", piece.label(), "sentence", piece.sentence(), "section", piece.section());
    }

    private static Map<String, Object> header(HeaderWords words) {
        return object("sentence", words.sentence(), "section", words.section());
    }

    private static List<Map<String, Object>> opcodes() {
        List<Map<String, Object>> opcodes = new ArrayList<>();
        for (int value = 0; value < 16; value++) {
            Opcode opcode = Opcode.of(value);
            opcodes.add(opcode(value, opcode));
        }
        return opcodes;
    }

    private static Map<String, Object> opcode(int value, @Nullable Opcode opcode) {
        return object(
                "value",
                value,
                "name",
                opcode == null ? "RESERVED" : opcode.name(),
                "label",
                opcode == null ? FrameWords.RESERVED : opcode.label(),
                "control",
                value >= Opcode.CLOSE.value(),
                "sentence",
                FrameWords.ofOpcode(opcode),
                "last",
                FrameWords.ofFrame(opcode, true),
                "notLast",
                FrameWords.ofFrame(opcode, false));
    }

    private static List<Map<String, Object>> rules(Rule[] rules) {
        return Arrays.stream(rules).map(Words::rule).toList();
    }

    private static Map<String, Object> rule(Rule rule) {
        Map<String, Object> words = object("name", rule.name(), "section", rule.section(), "sentence", rule.sentence());
        if (rule instanceof FrameRule frameRule) {
            words.put("closeCode", frameRule.closeCode().value());
        } else if (rule instanceof HandshakeRule handshakeRule) {
            words.put("status", handshakeRule.status());
        } else if (rule instanceof HeadRule headRule) {
            words.put("status", headRule.status());
        }
        words.putAll(diagnosis(Diagnosis.of(rule)));
        return words;
    }

    private static Map<String, Object> status(StatusWords of) {
        Map<String, Object> words = object("status", of.status(), "name", of.reason(), "section", of.section());
        words.putAll(diagnosis(of.diagnosis()));
        return words;
    }

    private static List<Map<String, Object>> ranges() {
        List<Map<String, Object>> ranges = new ArrayList<>();
        for (CloseCode.Range range : CloseCode.Range.ALL) {
            Map<String, Object> words = object("from", range.from(), "to", range.to());
            words.putAll(code(new CloseCode(range.to()), "example"));
            ranges.add(words);
        }
        return Collections.unmodifiableList(ranges);
    }

    private static Map<String, Object> code(CloseCode code, String number) {
        Map<String, Object> words = object(
                number,
                code.value(),
                "name",
                code.name(),
                "mayBeSent",
                code.isValidOnWire(),
                "sender",
                code.sender().name(),
                "mayBeSentByPage",
                code.maySendFromPage());
        words.putAll(diagnosis(CloseDiagnoses.template(code)));
        return words;
    }

    private static Map<String, Object> diagnosis(Diagnosis words) {
        return object(
                "happened", words.happened(), "who", words.who(), "cause", words.cause(), "advice", words.advice());
    }

    /** In the order given, so that the same words give the same bytes. */
    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
