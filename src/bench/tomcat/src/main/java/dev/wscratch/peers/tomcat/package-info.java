/**
 * The echo on embedded Tomcat.
 *
 * <p>It may use embedded Tomcat and {@code dev.wscratch.peers.echo}.
 */
@NullMarked
package dev.wscratch.peers.tomcat;

import org.jspecify.annotations.NullMarked;
