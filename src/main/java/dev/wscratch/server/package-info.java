/**
 * The standalone home: one server with the page and the endpoints on one port, embeddable in a program or a test.
 *
 * <p>May use every room but {@code war}, {@code client} and {@code cli}.
 */
@NullMarked
package dev.wscratch.server;

import org.jspecify.annotations.NullMarked;
