/**
 * What the peers share: how they are started, and the annotated endpoint of those that speak Jakarta WebSocket.
 *
 * <p>It may use the JDK and the Jakarta WebSocket API, which each of them brings.
 */
@NullMarked
package dev.wscratch.peers.echo;

import org.jspecify.annotations.NullMarked;
