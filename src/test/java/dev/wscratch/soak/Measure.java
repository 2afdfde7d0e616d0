package dev.wscratch.soak;

import java.util.Locale;

/**
 * What is sampled of the server's process, and how much of it may come to more.
 *
 * <p>A measure with an allowance is judged twice. Over the judged window it may grow by the allowance, or by the share of
 * its level if that is more. And once all connections are closed it may exceed what it was before the load by the residue.
 */
enum Measure {
    /** Live objects: sampled after a full collection. */
    HEAP("heap after GC", "KiB", 1_024, 0.02, 2_048),
    /** Of Java; those of the JVM's compilers and collectors come and go as it sees fit. */
    THREADS("Java threads", "", 1.5, 0, 2),
    /** Without those of the connections that the server counts: one that it lost count of stays in here. */
    DESCRIPTORS("other file descriptors", "", 5, 0, 4),
    CLASSES("loaded classes", "", 25, 0.002, 200),
    /** By the JVM's own account, without the heap and without what its compilers make and need. */
    NATIVE("native memory (NMT)", "KiB", 2_048, 0.02, 8_192),
    /** What the kernel has given, without the same; zlib's and the C library's share is only here. */
    RSS("RSS", "KiB", 6_144, 0.01, 24_576),
    /** Of the JVM too; shown only. */
    OS_THREADS("all threads", "", 0, 0, 0),
    /** Compiled code and its compilers; shown only: bounded by the JVM itself, and grows while it learns. */
    CODE("compiled code (NMT)", "KiB", 0, 0, 0),
    /** Gauges of the server, which must come back to nothing. */
    SESSIONS("open WebSockets", "", 0, 0, 0),
    TCP("TCP connections", "", 0, 0, 0),
    QUEUED("queued bytes", "", 0, 0, 0);

    private final String label;
    private final String unit;
    private final double allowance;
    private final double share;
    private final double residue;

    Measure(String label, String unit, double allowance, double share, double residue) {
        this.label = label;
        this.unit = unit;
        this.allowance = allowance;
        this.share = share;
        this.residue = residue;
    }

    String label() {
        return unit.isEmpty() ? label : label + ", " + unit;
    }

    /** As it stands in files. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isJudged() {
        return allowance > 0;
    }

    /** {@return how much it may grow over the judged window} */
    double allowance(double level) {
        return Math.max(allowance, share * level);
    }

    double residue() {
        return residue;
    }
}
