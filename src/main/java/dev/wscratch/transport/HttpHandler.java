package dev.wscratch.transport;

import dev.wscratch.wire.RequestHead;

/** Answers plain HTTP requests. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers one request. Runs on a selector thread: must not block.
     *
     * @param request judged to be well-formed and to have no body
     * @return the answer to it; for a HEAD request the one to GET
     */
    HttpResponse handle(RequestHead request);
}
