/**
 * The echo on Vert.x.
 *
 * <p>It may use Vert.x and {@code dev.wscratch.peers.echo}.
 */
@NullMarked
package dev.wscratch.peers.vertx;

import org.jspecify.annotations.NullMarked;
