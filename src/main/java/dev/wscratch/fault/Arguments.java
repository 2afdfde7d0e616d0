package dev.wscratch.fault;

import dev.wscratch.wire.PeerText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of a fault's parameters in one request, each checked. */
final class Arguments {
    /** The mark by which a page watches its own connections; no fault's affair. */
    private static final String LAB = "lab";

    private final Map<String, String> given;

    private Arguments(Map<String, String> given) {
        this.given = given;
    }

    /**
     * Reads the path's segments after the fault's name, then the query.
     *
     * @param parameters that there are
     * @param segments of the path, percent-encoded
     * @param query percent-encoded, or null
     */
    static Arguments parse(List<Parameter<?>> parameters, List<String> segments, @Nullable String query)
            throws BadArgumentException {
        Map<String, String> given = new HashMap<>();
        List<Parameter<?>> inPath =
                parameters.stream().filter(Parameter::inPath).toList();
        if (segments.size() > inPath.size()) {
            throw new BadArgumentException("expected at most " + inPath.size()
                    + " path segments after the fault's name, got " + segments.size());
        }
        for (int i = 0; i < segments.size(); i++) {
            put(given, inPath.get(i), decode(segments.get(i).replace("+", "%2B")));
        }
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (name.equals(LAB)) {
                continue;
            }
            put(given, named(parameters, name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return new Arguments(given);
    }

    private static Parameter<?> named(List<Parameter<?>> parameters, String name) throws BadArgumentException {
        for (Parameter<?> parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter;
            }
        }
        List<String> names = parameters.stream().map(Parameter::name).toList();
        throw new BadArgumentException("expected " + (names.isEmpty() ? "no parameter" : "one of " + names)
                + ", got the parameter \"" + PeerText.escape(name, 60) + "\"");
    }

    private static void put(Map<String, String> given, Parameter<?> parameter, String value)
            throws BadArgumentException {
        if (parameter.type().parse(value) == null) {
            throw new BadArgumentException(parameter.name() + ": expected "
                    + parameter.type().range() + ", got \"" + PeerText.escape(value, 60) + "\"");
        }
        if (given.put(parameter.name(), value) != null) {
            throw new BadArgumentException(parameter.name() + ": expected it once, got it twice");
        }
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    <T> T get(Parameter<T> parameter) {
        String text = given.getOrDefault(parameter.name(), parameter.preset());
        return Objects.requireNonNull(parameter.type().parse(text), "checked when it was read");
    }

    int whole(Parameter<Long> parameter) {
        return Math.toIntExact(get(parameter));
    }

    /** A time that divides others. */
    Duration atLeastOneMilli(Parameter<Duration> parameter) {
        Duration time = get(parameter);
        return time.isZero() ? Duration.ofMillis(1) : time;
    }
}
