package dev.wscratch.cli;

/** One flat JSON object (RFC 8259) in printable ASCII, so that no reader's character set can break it. */
final class JsonLine {
    private final StringBuilder json = new StringBuilder("{");

    JsonLine add(String key, String text) {
        key(key);
        string(text);
        return this;
    }

    JsonLine add(String key, long number) {
        key(key);
        json.append(number);
        return this;
    }

    JsonLine add(String key, boolean truth) {
        key(key);
        json.append(truth);
        return this;
    }

    /** Adds a number where the text is a short decimal one, else a string. */
    void addNumberOrText(String key, String text) {
        // Longer ones would lose digits in a reader's double (RFC 8259 section 6).
        if (text.matches("0|[1-9][0-9]{0,14}")) {
            key(key);
            json.append(text);
        } else {
            add(key, text);
        }
    }

    private void key(String key) {
        if (json.length() > 1) {
            json.append(',');
        }
        string(key);
        json.append(':');
    }

    private void string(String text) {
        json.append(quoted(text));
    }

    /** {@return a JSON string in printable ASCII} */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7F) {
                json.append(c);
            } else {
                json.append(String.format("\\u%04x", (int) c));
            }
        }
        return json.append('"').toString();
    }

    @Override
    public String toString() {
        return json + "}";
    }
}
