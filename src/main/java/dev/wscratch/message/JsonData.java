package dev.wscratch.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Data of our own that is kept as JSON (RFC 8259); what peers send has readers with bounds. */
public final class JsonData {
    private JsonData() {}

    /**
     * Reads one value.
     *
     * @return a {@code Map} by name, in the text's order, a {@code List}, a {@code String} or a {@code Long}
     * @throws IllegalArgumentException if the text is not one value of these
     */
    public static Object read(String text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            Object value = value(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("expected one JSON value and nothing after it, got more");
            }
            return value;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected JSON, got a mistake: " + e.getOriginalMessage(), e);
        }
    }

    private static Object value(JsonParser parser, @Nullable JsonToken token) {
        if (token == null) {
            throw new IllegalArgumentException("expected a JSON value, got the end");
        }
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case START_ARRAY -> list(parser);
            case START_OBJECT -> object(parser);
            default ->
                throw new IllegalArgumentException("expected an object, a list, text or a whole number, got " + token);
        };
    }

    private static List<Object> list(JsonParser parser) {
        List<Object> list = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            list.add(value(parser, next));
        }
        return list;
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            fields.put(name, value(parser, parser.nextToken()));
        }
        return fields;
    }
}
