package dev.wscratch.bench;

import dev.wscratch.wire.Opcode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is sent: one cell of the table.
 *
 * @param connections at a time
 * @param inFlight messages on each that have no reply yet
 * @param size bytes of payload of each message
 * @param opcode TEXT, which is ASCII here, or BINARY
 */
public record Load(int connections, int inFlight, int size, Opcode opcode) {
    private static final Pattern SHAPE = Pattern.compile("c(\\d+)p(\\d+)s(\\d+)([km]?)(t|b)");

    /** Refuses what could not be sent. */
    public Load {
        if (connections < 1 || inFlight < 1 || size < 1) {
            throw new IllegalArgumentException("expected at least one connection, message and byte, got " + connections
                    + ", " + inFlight + " and " + size);
        }
        if (opcode != Opcode.TEXT && opcode != Opcode.BINARY) {
            throw new IllegalArgumentException("expected TEXT or BINARY, got " + opcode);
        }
    }

    /**
     * Reads a cell's short form, such as {@code c64p16s16kt}: 64 connections, 16 in flight, 16 KiB, text.
     *
     * @param text c, p and s with a number each, the last with k or m for KiB or MiB, then t or b
     * @return the same as a value
     */
    public static Load parse(String text) {
        Matcher matcher = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected a cell such as c64p16s16kt (64 connections, 16 in flight, 16 KiB, text; b for binary),"
                            + " got '" + text + "'");
        }
        int unit =
                switch (matcher.group(4)) {
                    case "k" -> 1 << 10;
                    case "m" -> 1 << 20;
                    default -> 1;
                };
        return new Load(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Math.multiplyExact(Integer.parseInt(matcher.group(3)), unit),
                matcher.group(5).equals("t") ? Opcode.TEXT : Opcode.BINARY);
    }

    /** Such as {@code c64 p16 16 KiB text}. */
    @Override
    public String toString() {
        String unit = size % (1 << 20) == 0
                ? (size >> 20) + " MiB"
                : size % (1 << 10) == 0 ? (size >> 10) + " KiB" : size + " B";
        return "c" + connections + " p" + inFlight + " " + unit + " " + type();
    }

    /** {@return {@code text} or {@code binary}} */
    public String type() {
        return opcode == Opcode.TEXT ? "text" : "binary";
    }
}
