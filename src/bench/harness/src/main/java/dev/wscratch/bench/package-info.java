/**
 * The load generator: connections that echo in a closed loop, every reply verified, and what that took.
 *
 * <p>It may use {@code dev.wscratch.wire}, the JDK and HdrHistogram.
 */
@NullMarked
package dev.wscratch.bench;

import org.jspecify.annotations.NullMarked;
