/**
 * The echo on Java-WebSocket.
 *
 * <p>It may use Java-WebSocket and {@code dev.wscratch.peers.echo}.
 */
@NullMarked
package dev.wscratch.peers.javawebsocket;

import org.jspecify.annotations.NullMarked;
