/**
 * The conformance check: cases as data, from the handshake to compression, played against any echo server and judged.
 *
 * <p>May use {@code wire}, and {@code transport} for its {@code Dialer}.
 */
@NullMarked
package dev.wscratch.check;

import org.jspecify.annotations.NullMarked;
