package dev.wscratch.cli;

import dev.wscratch.wire.ExplainedBytes;
import dev.wscratch.wire.FrameHeader;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Frames and heads in lines for people. */
final class FrameText {
    /** Bytes that fit the column of hex digits; more are cut. */
    private static final int COLUMN = 10;

    private FrameText() {}

    /**
     * One line for each piece: its bytes, what they are, and where it is written.
     *
     * @param bytes what was explained, from its position on
     */
    static String explained(ByteBuffer bytes, List<ExplainedBytes> pieces) {
        StringBuilder lines = new StringBuilder();
        for (ExplainedBytes piece : pieces) {
            byte[] some = new byte[Math.min(piece.length(), COLUMN)];
            bytes.get(bytes.position() + piece.offset(), some);
            String hex = HexFormat.ofDelimiter(" ").formatHex(some) + (piece.length() > COLUMN ? " …" : "");
            lines.append(String.format(
                    Locale.ROOT,
                    "  %-" + (3 * COLUMN + 1) + "s  %s: %s (%s)%n",
                    hex,
                    Printable.of(piece.label()),
                    Printable.of(piece.sentence()),
                    piece.section()));
        }
        return lines.toString().stripTrailing();
    }

    /** A header in one line, such as {@code FIN text masked len=5}. */
    static String header(FrameHeader header) {
        return (header.fin() ? "FIN " : "") + (header.rsv1() ? "RSV1 " : "")
                + header.opcode().label() + (header.masked() ? " masked" : "") + " len=" + header.payloadLength();
    }
}
