/**
 * The WebSocket protocol from scratch, without I/O: RFC 6455 as values and pure functions, bytes in, values out.
 *
 * <p>May use the JDK only: no socket, no clock, no thread, no Jakarta type.
 */
@NullMarked
package dev.wscratch.wire;

import org.jspecify.annotations.NullMarked;
