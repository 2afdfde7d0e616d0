package dev.wscratch.message;

import dev.wscratch.message.Problem.Code;
import dev.wscratch.message.Reading.Misunderstood;
import dev.wscratch.message.Reading.Understood;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Reads one message of either format, from tokens; the whole of the input must be one object. */
final class MessageReader {
    private static final TokenStreamFactory JSON = JsonFactory.builder()
            .streamReadConstraints(Limits.constraints())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final TokenStreamFactory CBOR = CBORFactory.builder()
            .streamReadConstraints(Limits.constraints())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** How Jackson's message about a name that comes twice begins; it has no exception of its own. */
    private static final String DUPLICATE = "Duplicate Object property";

    private MessageReader() {}

    static Reading json(String text) {
        return read(() -> JSON.createParser(ObjectReadContext.empty(), text), Format.JSON);
    }

    static Reading cbor(byte[] bytes) {
        Problem problem = CborGate.judge(bytes);
        return problem == null
                ? read(() -> CBOR.createParser(ObjectReadContext.empty(), bytes), Format.CBOR)
                : new Misunderstood(problem);
    }

    private interface Opening {
        JsonParser open();
    }

    private static Reading read(Opening opening, Format format) {
        try (JsonParser parser = opening.open()) {
            Fields fields = fields(parser, format);
            return new Understood(Operations.message(fields, format));
        } catch (BadMessageException e) {
            return new Misunderstood(e.problem());
        } catch (StreamConstraintsException e) {
            return new Misunderstood(new Problem(Code.TOO_LARGE, bounds(), ""));
        } catch (JacksonException e) {
            boolean twice = e.getOriginalMessage().startsWith(DUPLICATE);
            return new Misunderstood(
                    twice
                            ? new Problem(Code.DUPLICATE_FIELD, "each field once", place(e.getLocation(), format))
                            : new Problem(Code.SYNTAX, whole(format), place(e.getLocation(), format)));
        }
    }

    private static Fields fields(JsonParser parser, Format format) throws BadMessageException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new BadMessageException(Code.SYNTAX, whole(format), "");
        }
        Fields fields = new Fields();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (Fields.isKnown(name)) {
                fields.put(name, value(parser, token));
            }
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw new BadMessageException(Code.SYNTAX, whole(format) + " and nothing after it", "");
        }
        return fields;
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> isLong(parser) ? (Object) parser.getLongValue() : Fields.UNFIT;
            case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
            default -> Fields.UNFIT;
        };
    }

    private static boolean isLong(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.INT
                || parser.getNumberType() == JsonParser.NumberType.LONG;
    }

    private static String whole(Format format) {
        return format == Format.JSON ? "one JSON object" : "one CBOR map";
    }

    static String bounds() {
        return "at most " + Limits.DEPTH + " levels, " + Limits.TOKENS + " names and values, names of " + Limits.NAME
                + " characters and numbers of " + Limits.NUMBER + " digits";
    }

    private static String place(@Nullable TokenStreamLocation location, Format format) {
        if (location == null) {
            return "";
        }
        long at = format == Format.JSON ? location.getCharOffset() : location.getByteOffset();
        return at < 0 ? "" : (format == Format.JSON ? "character " : "byte ") + at;
    }
}
