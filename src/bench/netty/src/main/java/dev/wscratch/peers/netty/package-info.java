/**
 * The echo on Netty.
 *
 * <p>It may use Netty and {@code dev.wscratch.peers.echo}.
 */
@NullMarked
package dev.wscratch.peers.netty;

import org.jspecify.annotations.NullMarked;
