/**
 * The echo on Tyrus in its stock Grizzly container.
 *
 * <p>It may use Tyrus in its stock Grizzly container and {@code dev.wscratch.peers.echo}.
 */
@NullMarked
package dev.wscratch.peers.tyrus;

import org.jspecify.annotations.NullMarked;
