/**
 * The echo on Undertow.
 *
 * <p>It may use Undertow and {@code dev.wscratch.peers.echo}.
 */
@NullMarked
package dev.wscratch.peers.undertow;

import org.jspecify.annotations.NullMarked;
