/**
 * The echo on wscratch over TLS, for which {@code wscratch serve} has no option yet.
 *
 * <p>It may use {@code dev.wscratch.server}, {@code dev.wscratch.transport} and {@code dev.wscratch.peers.echo}.
 */
@NullMarked
package dev.wscratch.peers.wscratch;

import org.jspecify.annotations.NullMarked;
