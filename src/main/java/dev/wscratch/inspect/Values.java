package dev.wscratch.inspect;

import dev.wscratch.inspect.CommandReader.WrongValueException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** The fields of one JSON object, by name: text, whole numbers, and lists of these. Belongs to one thread. */
final class Values {
    /** JSON's null. */
    static final Object NULL = new Object();

    /** A value that no field can have, such as an object. */
    private static final Object UNFIT = new Object();

    private static final int DEPTH = 4;

    private static final TokenStreamFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxTokenCount(512)
                    .maxNameLength(64)
                    .maxNumberLength(40)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Object> fields = new HashMap<>();

    private Values() {}

    static Values parse(String text) throws WrongValueException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            Values values = new Values();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new WrongValueException("one JSON object", "something else");
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                values.fields.put(name, value(parser, parser.nextToken()));
            }
            if (parser.nextToken() != null) {
                throw new WrongValueException("one JSON object and nothing after it", "more");
            }
            return values;
        } catch (JacksonException e) {
            // Its message quotes what came; the page knows that.
            throw new WrongValueException(
                    "one JSON object of at most 512 values, each field once, at most " + DEPTH + " levels deep",
                    "something else");
        }
    }

    private static Object value(JsonParser parser, JsonToken token) {
        switch (token) {
            case VALUE_STRING -> {
                return parser.getString();
            }
            case VALUE_NULL -> {
                return NULL;
            }
            case VALUE_NUMBER_INT -> {
                boolean fits = parser.getNumberType() == JsonParser.NumberType.INT
                        || parser.getNumberType() == JsonParser.NumberType.LONG;
                return fits ? (Object) parser.getLongValue() : UNFIT;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    list.add(value(parser, next));
                }
                return list;
            }
            default -> {
                parser.skipChildren();
                return UNFIT;
            }
        }
    }

    boolean has(String name) {
        Object value = fields.get(name);
        return value != null && value != NULL;
    }

    /** {@return the number of the command, for its answer; null when it has none that is one} */
    @Nullable Long id() {
        return fields.get("id") instanceof Long id ? id : null;
    }

    String text(String name, int longest) throws WrongValueException {
        if (fields.get(name) instanceof String text && !text.isEmpty() && text.length() <= longest) {
            return text;
        }
        throw new WrongValueException(name + ": text of 1 to " + longest + " characters", actual(name));
    }

    String textOr(String name, String otherwise, int longest) throws WrongValueException {
        if (!has(name)) {
            return otherwise;
        }
        if (fields.get(name) instanceof String text && text.length() <= longest) {
            return text;
        }
        throw new WrongValueException(name + ": text of at most " + longest + " characters", actual(name));
    }

    long number(String name, long least, long most) throws WrongValueException {
        if (fields.get(name) instanceof Long number && number >= least && number <= most) {
            return number;
        }
        throw new WrongValueException(name + ": an integer from " + least + " to " + most, actual(name));
    }

    ByteBuffer bytes(String name, int most) throws WrongValueException {
        return bytes(name, fields.get(name), most);
    }

    static ByteBuffer bytes(String name, @Nullable Object value, int most) throws WrongValueException {
        if (value instanceof String text) {
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException notBase64) {
                throw new WrongValueException(name + ": base64 (RFC 4648 section 4)", "something else");
            }
            if (bytes.length <= most) {
                return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            }
            throw new WrongValueException(name + ": at most " + most + " bytes", bytes.length + " bytes");
        }
        throw new WrongValueException(name + ": bytes in base64", value == null ? "nothing" : "something else");
    }

    List<?> list(String name, int least, int most) throws WrongValueException {
        if (fields.get(name) instanceof List<?> list && list.size() >= least && list.size() <= most) {
            return list;
        }
        throw new WrongValueException(name + ": a list of " + least + " to " + most, actual(name));
    }

    private String actual(String name) {
        return has(name) ? "something else" : "nothing";
    }
}
