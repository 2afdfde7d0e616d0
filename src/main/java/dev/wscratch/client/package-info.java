/**
 * A {@link dev.wscratch.client.WebSocket} with the browser's lifecycle, for another JVM, on the Tyrus client.
 *
 * <p>May use {@code wire}, {@code transport}, the Jakarta WebSocket API, the Tyrus client and Grizzly.
 */
@NullMarked
package dev.wscratch.client;

import org.jspecify.annotations.NullMarked;
