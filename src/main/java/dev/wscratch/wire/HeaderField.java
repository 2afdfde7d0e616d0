package dev.wscratch.wire;

/**
 * One header line of an HTTP head.
 *
 * @param name as it was written; names are compared without regard to case (RFC 9110 section 5.1)
 * @param value without the blanks around it, in ISO-8859-1: each char is one byte
 */
public record HeaderField(String name, String value) {
    @Override
    public String toString() {
        return name + ": " + value;
    }
}
