/**
 * The annotated server endpoints and the configurator that builds them: they translate Jakarta callbacks, nothing else.
 *
 * <p>May use {@code message}, {@code inspect}, {@code wire} and the Jakarta WebSocket 2.1 API, so that the same classes run on every app
 * server.
 */
@NullMarked
package dev.wscratch.endpoint;

import org.jspecify.annotations.NullMarked;
