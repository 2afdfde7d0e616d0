package dev.wscratch.wire;

import java.util.List;

/**
 * The status code of a Close frame (RFC 6455 section 7.4), with the names of the IANA registry that the section opens.
 *
 * <p>A code is either <em>sent</em> (it travels as the first two payload bytes of a Close frame) or only <em>seen</em>:
 * 1005, 1006 and 1015 are what an API reports when no code travelled. The ranges (section 7.4.2):
 *
 * <pre>
 *    0 –  999   never used
 * 1000 – 2999   the protocol's own; only those registered may be sent
 * 3000 – 3999   libraries and frameworks, registered with IANA
 * 4000 – 4999   private to the application
 * 5000 – 65535  outside every range: never valid
 * </pre>
 *
 * @param value 0 to 65535, as two bytes can hold it; use {@link #isValidOnWire} before sending
 */
public record CloseCode(int value) {
    public static final CloseCode NORMAL_CLOSURE = new CloseCode(1000);
    public static final CloseCode GOING_AWAY = new CloseCode(1001);
    public static final CloseCode PROTOCOL_ERROR = new CloseCode(1002);
    public static final CloseCode UNSUPPORTED_DATA = new CloseCode(1003);
    /** Set aside without a meaning: neither sent nor reported. */
    public static final CloseCode RESERVED = new CloseCode(1004);
    /** Reported when a Close frame without a code came. */
    public static final CloseCode NO_STATUS_RECEIVED = new CloseCode(1005);
    /** Reported when the connection ended without a Close frame. */
    public static final CloseCode ABNORMAL_CLOSURE = new CloseCode(1006);

    public static final CloseCode INVALID_FRAME_PAYLOAD_DATA = new CloseCode(1007);
    public static final CloseCode POLICY_VIOLATION = new CloseCode(1008);
    public static final CloseCode MESSAGE_TOO_BIG = new CloseCode(1009);
    /** Only a client sends it: the server did not negotiate an extension that it needs. */
    public static final CloseCode MANDATORY_EXTENSION = new CloseCode(1010);

    public static final CloseCode INTERNAL_ERROR = new CloseCode(1011);
    public static final CloseCode SERVICE_RESTART = new CloseCode(1012);
    public static final CloseCode TRY_AGAIN_LATER = new CloseCode(1013);
    public static final CloseCode BAD_GATEWAY = new CloseCode(1014);
    /** Reported when the TLS handshake failed. */
    public static final CloseCode TLS_HANDSHAKE = new CloseCode(1015);

    public static final CloseCode UNAUTHORIZED = new CloseCode(3000);
    public static final CloseCode FORBIDDEN = new CloseCode(3003);
    public static final CloseCode TIMEOUT = new CloseCode(3008);

    private static final List<CloseCode> REGISTERED = List.of(
            NORMAL_CLOSURE,
            GOING_AWAY,
            PROTOCOL_ERROR,
            UNSUPPORTED_DATA,
            RESERVED,
            NO_STATUS_RECEIVED,
            ABNORMAL_CLOSURE,
            INVALID_FRAME_PAYLOAD_DATA,
            POLICY_VIOLATION,
            MESSAGE_TOO_BIG,
            MANDATORY_EXTENSION,
            INTERNAL_ERROR,
            SERVICE_RESTART,
            TRY_AGAIN_LATER,
            BAD_GATEWAY,
            TLS_HANDSHAKE,
            UNAUTHORIZED,
            FORBIDDEN,
            TIMEOUT);

    /** Who may put a code into a Close frame. */
    public enum Sender {
        /** Client and server alike. */
        EITHER,
        /** A client only (1010). */
        CLIENT,
        /** No one: the code is only reported locally, reserved, unassigned or out of range. */
        NOBODY
    }

    /** The codes from {@code from} to {@code to} that are not registered (section 7.4.2). */
    record Range(int from, int to, String name) {
        static final List<Range> ALL = List.of(
                new Range(0, 999, "OUT_OF_RANGE"),
                new Range(1000, 2999, "UNASSIGNED"),
                new Range(3000, 3999, "LIBRARY_CODE"),
                new Range(4000, 4999, "PRIVATE_CODE"),
                new Range(5000, 0xFFFF, "OUT_OF_RANGE"));
    }

    /** Refuses what does not fit into two bytes. */
    public CloseCode {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException("A close code is 0 to 65535 (two bytes), not " + value);
        }
    }

    /** The codes that have a name of their own, in ascending order. */
    public static List<CloseCode> registered() {
        return REGISTERED;
    }

    /** The registered name such as {@code GOING_AWAY}, else the name of the range that the code lies in. */
    public String name() {
        return switch (value) {
            case 1000 -> "NORMAL_CLOSURE";
            case 1001 -> "GOING_AWAY";
            case 1002 -> "PROTOCOL_ERROR";
            case 1003 -> "UNSUPPORTED_DATA";
            case 1004 -> "RESERVED";
            case 1005 -> "NO_STATUS_RECEIVED";
            case 1006 -> "ABNORMAL_CLOSURE";
            case 1007 -> "INVALID_FRAME_PAYLOAD_DATA";
            case 1008 -> "POLICY_VIOLATION";
            case 1009 -> "MESSAGE_TOO_BIG";
            case 1010 -> "MANDATORY_EXTENSION";
            case 1011 -> "INTERNAL_ERROR";
            case 1012 -> "SERVICE_RESTART";
            case 1013 -> "TRY_AGAIN_LATER";
            case 1014 -> "BAD_GATEWAY";
            case 1015 -> "TLS_HANDSHAKE";
            case 3000 -> "UNAUTHORIZED";
            case 3003 -> "FORBIDDEN";
            case 3008 -> "TIMEOUT";
            default -> nameOfRange();
        };
    }

    private String nameOfRange() {
        return Range.ALL.stream()
                .filter(range -> value >= range.from && value <= range.to)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("expected a range for each code, found none for " + value))
                .name;
    }

    /** Who may send this code in a Close frame (section 7.4). */
    public Sender sender() {
        if (value == MANDATORY_EXTENSION.value) {
            return Sender.CLIENT;
        }
        return isValidOnWire() ? Sender.EITHER : Sender.NOBODY;
    }

    /** Whether an endpoint of this role may send the code. */
    public boolean maySend(Role role) {
        return switch (sender()) {
            case EITHER -> true;
            case CLIENT -> role == Role.CLIENT;
            case NOBODY -> false;
        };
    }

    /** Whether a page may pass the code to {@code close()}: browsers let it send 1000 and 3000 to 4999 only (WHATWG). */
    public boolean maySendFromPage() {
        return value == 1000 || (value >= 3000 && value <= 4999);
    }

    /** Whether the code may stand in a Close frame at all; a receiver answers one that may not with 1002. */
    public boolean isValidOnWire() {
        if (value >= 3000 && value <= 4999) {
            return true;
        }
        return value >= 1000 && value <= 1014 && !isReservedOrLocal();
    }

    /**
     * Whether a valid code can begin with this byte, so that a hopeless one is refused before its second byte is here.
     */
    static boolean canBeginWith(int highByte) {
        return highByte == 1000 >> 8 || (highByte >= 3000 >> 8 && highByte <= 4999 >> 8);
    }

    /** 1004 has no meaning; 1005 and 1006 say that nothing was received (section 7.4.1). 1015 lies above the range. */
    private boolean isReservedOrLocal() {
        return value >= 1004 && value <= 1006;
    }

    @Override
    public String toString() {
        return value + " " + name();
    }
}
