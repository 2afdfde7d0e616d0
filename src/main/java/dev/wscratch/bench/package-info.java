/**
 * The load generator: connections that send to an echo in a closed loop or at a rate, every reply verified, and what that
 * took.
 *
 * <p>It may use {@code wire}, the JDK and HdrHistogram.
 */
@NullMarked
package dev.wscratch.bench;

import org.jspecify.annotations.NullMarked;
