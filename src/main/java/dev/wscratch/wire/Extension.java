package dev.wscratch.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Sec-WebSocket-Extensions}: a name and parameters (RFC 6455 section 9.1).
 *
 * <pre>
 * permessage-deflate; client_max_window_bits; server_max_window_bits="10", x-other
 * └──── name ──────┘  └──── parameter ────┘   └── parameter with value ──┘
 * </pre>
 *
 * @param name a token; names are compared exactly
 * @param parameters in their order, repeated ones kept, since the extension itself says what that means
 */
public record Extension(String name, List<Parameter> parameters) {
    /** A list longer than this is refused: nobody has so many, and each costs the server time. */
    public static final int MAX_EXTENSIONS = 32;

    /** More parameters than this on one extension are refused. */
    public static final int MAX_PARAMETERS = 32;

    /**
     * A parameter.
     *
     * @param value a token (without the quotes, if it was quoted), or null if there was no equals sign
     */
    public record Parameter(String name, @Nullable String value) {
        @Override
        public String toString() {
            return value == null ? name : name + "=" + value;
        }
    }

    public Extension {
        parameters = List.copyOf(parameters);
    }

    /** The first parameter of this name. */
    public Optional<Parameter> parameter(String parameterName) {
        return parameters.stream().filter(p -> p.name().equals(parameterName)).findFirst();
    }

    /**
     * Reads the header, which may be spread over several lines (section 9.1), in time linear in its length.
     *
     * @param values the header's values in their order; none gives an empty list
     * @return empty if the grammar or a bound is broken
     */
    public static Optional<List<Extension>> parse(List<String> values) {
        List<Extension> extensions = new ArrayList<>();
        for (String value : values) {
            if (!new ExtensionReader(value).readInto(extensions)) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(extensions));
    }

    /** The header's value for these, ready to be sent. */
    public static String format(List<Extension> extensions) {
        return String.join(", ", extensions.stream().map(Extension::toString).toList());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        for (Parameter parameter : parameters) {
            text.append("; ").append(parameter);
        }
        return text.toString();
    }
}
