package dev.wscratch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class WordsTest {
    private final Map<String, Object> words = object(Words.json());

    @Test
    void everyPieceIsInTheTableWithItsPlacesForValues() {
        Map<String, Object> pieces = part("pieces");

        assertThat(pieces).hasSameSizeAs(Piece.values());
        for (Piece piece : Piece.values()) {
            assertThat(pieces)
                    .containsEntry(
                            piece.name(),
                            Map.of("label", piece.label(), "sentence", piece.sentence(), "section", piece.section()));
        }
    }

    @Test
    void everyRuleIsInTheTableWithItsDiagnosis() {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (String group : List.of("frame", "head", "handshake", "response")) {
            rules.addAll(list(part("rules").get(group)));
        }

        assertThat(rules).hasSameSizeAs(DiagnosisTest.rules());
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = DiagnosisTest.rules().get(i);
            Diagnosis diagnosis = Diagnosis.of(rule);
            assertThat(rules.get(i))
                    .containsEntry("name", rule.name())
                    .containsEntry("section", rule.section())
                    .containsEntry("sentence", rule.sentence())
                    .containsEntry("happened", diagnosis.happened())
                    .containsEntry("who", diagnosis.who())
                    .containsEntry("cause", diagnosis.cause())
                    .containsEntry("advice", diagnosis.advice());
        }
    }

    @Test
    void everyStatusThatTheRulesRefuseWithHasWordsOfItsOwn() {
        List<Object> statuses = list(words.get("statuses")).stream()
                .map(one -> one.get("status"))
                .toList();
        assertThat(statuses).doesNotHaveDuplicates().isSorted();
        // Those that this server gives without a rule: no endpoint, no head in time, its own failure, no room.
        assertThat(statuses).contains(404, 408, 500, 503);
        for (HandshakeRule rule : HandshakeRule.values()) {
            assertThat(statuses).contains(rule.status());
        }
        for (HeadRule rule : HeadRule.values()) {
            assertThat(statuses).contains(rule.status());
        }
    }

    @Test
    void theRangesOfCloseCodesFollowEachOtherAndHoldEveryCode() {
        int next = 0;
        for (Map<String, Object> range : list(words.get("closeCodeRanges"))) {
            assertThat(range).containsEntry("from", next);
            next = (int) range.get("to") + 1;
            assertThat(range.get("name")).isEqualTo(new CloseCode(next - 1).name());
        }
        assertThat(next).isEqualTo(65_536);
        assertThat(list(words.get("closeCodes"))).hasSameSizeAs(CloseCode.registered());
    }

    @Test
    void whatJsonHasNoRoomForIsEscaped() {
        assertThat(JsonText.of(List.of("a\"b\\c\nd", 1, true, Map.of("e", "é"))))
                .isEqualTo("[\"a\\\"b\\\\c\\u000ad\",\n1,\ntrue,\n{\"e\":\"é\"}]");
    }

    @SuppressWarnings("unchecked") // What the parser below makes of an object.
    private Map<String, Object> part(String name) {
        return (Map<String, Object>) words.get(name);
    }

    @SuppressWarnings("unchecked") // What the parser below makes of a list of objects.
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked") // The outermost value is an object.
    private static Map<String, Object> object(String json) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return (Map<String, Object>) value(parser);
        }
    }

    private static Object value(JsonParser parser) {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                return object;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                return list;
            }
            case VALUE_NUMBER_INT -> {
                return parser.getIntValue();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.getBooleanValue();
            }
            default -> {
                return parser.getString();
            }
        }
    }
}
