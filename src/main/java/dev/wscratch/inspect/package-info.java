/**
 * The inspector: what one connection does on the wire, told live to the page that made the connection, and what that page
 * may ask the server to do to it; messages, bounds and the port {@link dev.wscratch.inspect.Observation}.
 *
 * <p>May use {@code wire}, the Jakarta WebSocket 2.1 API for its encoder and decoder, and Jackson; it knows no server, so
 * that the WAR carries it too.
 *
 * <pre>
 *  bytes of a connection ──▶ Observation ──▶ FrameSplitter + FrameJudge ──▶ Event ──▶ Watcher ──▶ ReportEncoder ──▶ page
 *                            (its thread)    (lenient: shows what came)              (bounded)    (a thread of ours)
 *  page ──▶ CommandDecoder ──▶ Watcher ──▶ Peer (the session of the watched connection)
 * </pre>
 *
 * <p>A page sees only connections that carry its own lab: 128 random bits, which are the only key and are never logged.
 */
@NullMarked
package dev.wscratch.inspect;

import org.jspecify.annotations.NullMarked;
