/**
 * The app-server home: what a WAR needs beside the endpoints, which are the listener that reads settings, the filter that
 * judges Origin, the page at the context root and its security headers.
 *
 * <p>May use {@code endpoint}, {@code inspect} and {@code wire}, and of the app server the Servlet 6.0 and Jakarta WebSocket 2.1 APIs.
 */
@NullMarked
package dev.wscratch.war;

import org.jspecify.annotations.NullMarked;
