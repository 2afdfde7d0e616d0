package dev.wscratch.cli;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@code connect} comes to its connection.
 *
 * @param url with a scheme
 * @param trust whom {@code wss} trusts, and who we are
 * @param headers lines such as {@code Cookie: a=b}
 * @param subprotocols to offer
 * @param proxy to go through, or null for none
 * @param timeout until the connection is open; null for the client's own
 * @param compression whether to offer permessage-deflate
 */
record Dialling(
        String url,
        Trust.Settings trust,
        List<String> headers,
        List<String> subprotocols,
        @Nullable URI proxy,
        @Nullable Duration timeout,
        boolean compression) {}
