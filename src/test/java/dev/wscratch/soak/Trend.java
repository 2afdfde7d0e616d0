package dev.wscratch.soak;

import java.util.Arrays;

/**
 * How a series goes on, without being misled by outliers.
 *
 * <p>The slope is Theil and Sen's: the median of the slopes between each two samples; a quarter of the samples may be
 * nonsense and it stays near the truth. The certainty is Mann and Kendall's: how far the number of rises exceeds that of
 * falls, in standard deviations of what chance would make of it.
 *
 * @param level median of the values
 * @param perSecond slope
 * @param seconds from the first sample to the last
 * @param certainty of a rise; negative for a fall
 */
record Trend(double level, double perSecond, double seconds, double certainty) {
    /** Below this many samples nothing can be said. */
    static final int FEWEST = 8;

    /** Chance exceeds it once in about 700 series of noise. */
    static final double CERTAIN = 3;

    /**
     * Looks at a series.
     *
     * @param times in seconds, rising
     * @param values as many
     */
    static Trend of(double[] times, double[] values) {
        int n = times.length;
        if (n < FEWEST || n != values.length) {
            throw new IllegalArgumentException("a trend needs " + FEWEST + " samples and as many values, got " + n
                    + " and " + values.length + ": let it run for longer");
        }
        double[] slopes = new double[n * (n - 1) / 2];
        int at = 0;
        double rises = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[at++] = (values[j] - values[i]) / (times[j] - times[i]);
                rises += Math.signum(values[j] - values[i]);
            }
        }
        double deviation = Math.sqrt(variance(values));
        double certainty = deviation == 0 ? 0 : (rises - Math.signum(rises)) / deviation;
        return new Trend(median(values), median(slopes), times[n - 1] - times[0], certainty);
    }

    /** Of the rises minus the falls in a series that has no trend; values that are equal make it smaller. */
    private static double variance(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double variance = term(sorted.length);
        int equal = 1;
        for (int i = 1; i <= sorted.length; i++) {
            if (i < sorted.length && sorted[i] == sorted[i - 1]) {
                equal++;
            } else {
                variance -= term(equal);
                equal = 1;
            }
        }
        return variance / 18;
    }

    private static double term(double n) {
        return n * (n - 1) * (2 * n + 5);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** From the first sample to the last. */
    double growth() {
        return perSecond * seconds;
    }

    /** Whether it grows by more than is allowed, and not by chance. */
    boolean growsBeyond(double allowed) {
        return growth() > allowed && certainty > CERTAIN;
    }
}
