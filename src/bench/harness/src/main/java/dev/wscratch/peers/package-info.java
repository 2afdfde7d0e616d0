/**
 * The comparison: starts each peer in turn, puts the load on it, reads its clocks, and prints the tables.
 *
 * <p>It may use {@code dev.wscratch.bench}, the JDK and picocli; of {@code dev.wscratch.wire} only what a load is made of.
 */
@NullMarked
package dev.wscratch.peers;

import org.jspecify.annotations.NullMarked;
