/**
 * A {@link dev.wscratch.client.WebSocket} with the browser's lifecycle, for another JVM, on the Tyrus client; and
 * {@link dev.wscratch.client.TalkClient}, typed messages on it.
 *
 * <p>May use {@code wire}, {@code message}, {@code transport}, the Jakarta WebSocket API, the Tyrus client and Grizzly.
 */
@NullMarked
package dev.wscratch.client;

import org.jspecify.annotations.NullMarked;
