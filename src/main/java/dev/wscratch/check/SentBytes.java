package dev.wscratch.check;

/** The first bytes of what a case has sent, and how many there were. */
final class SentBytes {
    private static final int KEPT = 64;

    private Bytes first = Bytes.NONE;
    private long length;

    void add(Bytes bytes) {
        int room = KEPT - first.length();
        if (room > 0) {
            first = Bytes.join(first, bytes.part(0, Math.min(room, bytes.length())));
        }
        length += bytes.length();
    }

    @Override
    public String toString() {
        return length <= KEPT ? first.hex(KEPT) : first.hex(KEPT) + " … (" + length + " bytes)";
    }
}
