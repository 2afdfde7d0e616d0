/**
 * The echo on embedded Jetty.
 *
 * <p>It may use embedded Jetty and {@code dev.wscratch.peers.echo}.
 */
@NullMarked
package dev.wscratch.peers.jetty;

import org.jspecify.annotations.NullMarked;
