package dev.wscratch.wire;

import dev.wscratch.wire.Extension.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of {@code Sec-WebSocket-Extensions} from left to right, never back (RFC 6455 section 9.1):
 *
 * <pre>
 * extension-list  = 1#extension
 * extension       = token *( ";" extension-param )
 * extension-param = token [ "=" (token | quoted-string) ]     and the unquoted string must be a token
 * </pre>
 */
final class ExtensionReader {
    private final String text;
    private int at;

    ExtensionReader(String text) {
        this.text = text;
    }

    /** Adds what the line lists; false if the grammar or a bound is broken. */
    boolean readInto(List<Extension> extensions) {
        int before = extensions.size();
        while (true) {
            skipBlanks();
            if (at == text.length()) {
                return extensions.size() > before; // 1#: at least one
            }
            if (text.charAt(at) == ',') {
                at++; // an empty element of a list is allowed (RFC 9110 5.6.1.2)
                continue;
            }
            Extension extension = extension();
            if (extension == null || extensions.size() == Extension.MAX_EXTENSIONS) {
                return false;
            }
            extensions.add(extension);
            if (at < text.length() && text.charAt(at) != ',') {
                return false;
            }
        }
    }

    private @Nullable Extension extension() {
        String name = token();
        if (name == null) {
            return null;
        }
        List<Parameter> parameters = new ArrayList<>();
        while (skipSign(';')) {
            Parameter parameter = parameter();
            if (parameter == null || parameters.size() == Extension.MAX_PARAMETERS) {
                return null;
            }
            parameters.add(parameter);
        }
        return new Extension(name, parameters);
    }

    private @Nullable Parameter parameter() {
        skipBlanks();
        String name = token();
        if (name == null) {
            return null;
        }
        if (!skipSign('=')) {
            return new Parameter(name, null);
        }
        skipBlanks();
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        return value == null ? null : new Parameter(name, value);
    }

    /** 9.1: "the value after quoted-string unescaping MUST conform to the token ABNF". */
    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.isEmpty() ? null : value.toString();
            }
            if (c == '\\') {
                at++;
                if (at == text.length()) {
                    return null;
                }
                c = text.charAt(at);
            }
            if (!HttpSyntax.isTokenChar(c)) {
                return null;
            }
            value.append(c);
        }
        return null;
    }

    private @Nullable String token() {
        int from = at;
        while (at < text.length() && HttpSyntax.isTokenChar(text.charAt(at))) {
            at++;
        }
        return at == from ? null : text.substring(from, at);
    }

    /** Skips blanks and, if it comes then, the sign. */
    private boolean skipSign(char sign) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == sign) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < text.length() && HttpSyntax.isBlank(text.charAt(at))) {
            at++;
        }
    }
}
