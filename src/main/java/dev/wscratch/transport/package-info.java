/**
 * Grizzly below Tyrus: the bridge onto Tyrus's server SPI, with a bounded request head, a bounded frame parser, a bounded
 * writer and deadlines, so that annotated Jakarta endpoints can face strangers.
 *
 * <p>May use {@code wire}, Tyrus and Grizzly.
 */
@NullMarked
package dev.wscratch.transport;

import org.jspecify.annotations.NullMarked;
