package dev.wscratch.soak;

import java.util.Map;

/**
 * The server's process at one moment.
 *
 * @param seconds since the load began
 * @param values of each measure
 * @param messages that the load had echoed by then
 * @param connections that it had opened and ended by then
 */
record Sample(double seconds, Map<Measure, Double> values, long messages, long connections) {
    Sample {
        values = Map.copyOf(values);
    }

    double value(Measure measure) {
        return values.get(measure);
    }
}
