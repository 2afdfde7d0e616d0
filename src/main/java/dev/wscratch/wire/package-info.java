/**
 * The WebSocket protocol from scratch, without I/O: RFC 6455 as values and pure functions, bytes in, values out.
 *
 * <p>May use the JDK only: no socket, no clock, no thread, no Jakarta type.
 *
 * <h2>The life of a connection</h2>
 *
 * <pre>
 *  client                                                   server
 *    │  GET /chat HTTP/1.1 · Upgrade: websocket · key          │   {@link dev.wscratch.wire.ClientHandshake}
 *    │ ──────────────────────────────────────────────────────▶ │   {@link dev.wscratch.wire.HeadScanner}, {@link dev.wscratch.wire.RequestHead},
 *    │                                                         │   {@link dev.wscratch.wire.Handshake}, {@link dev.wscratch.wire.OriginPolicy}
 *    │  101 Switching Protocols · accept                       │   {@link dev.wscratch.wire.Accept}
 *    │ ◀────────────────────────────────────────────────────── │
 *    │           from here on: frames, both ways               │   {@link dev.wscratch.wire.FrameSerialiser}
 *    │ ◀─────────────── text, binary, ping, pong ────────────▶ │   {@link dev.wscratch.wire.FrameParser}
 *    │  close 1000                                             │   {@link dev.wscratch.wire.CloseReason}
 *    │ ──────────────────────────────────────────────────────▶ │   either end may begin; the other answers,
 *    │                                              close 1000 │   and the server ends the TCP connection
 *    │ ◀────────────────────────────────────────────────────── │
 * </pre>
 *
 * <h2>A frame (section 5.2)</h2>
 *
 * <pre>
 *  byte 0           byte 1            0, 2 or 8 bytes    0 or 4 bytes    the rest
 * +-+-+-+-+-------+ +-+-------------+ +----------------+ +-------------+ +---------------------+
 * |F|R|R|R| opcode| |M| length: 7   | | length, if the | | masking key | | payload, each byte  |
 * |I|S|S|S|   (4) | |A| bits, or 126| | 7 bits say 126 | | if MASK = 1 | | XORed with the key, |
 * |N|V|V|V|       | |S| or 127      | | (2 bytes) or   | |             | | if there is one     |
 * | |1|2|3|       | |K|             | | 127 (8 bytes)  | |             | |                     |
 * +-+-+-+-+-------+ +-+-------------+ +----------------+ +-------------+ +---------------------+
 *
 *  "Hello" from a server:   81 05 48 65 6c 6c 6f
 *  "Hello" from a client:   81 85 37 fa 21 3d 7f 9f 4d 51 58      (37 fa 21 3d is the key; 7f ^ 37 = 48, 'H')
 * </pre>
 *
 * <p>Where to read on: {@link dev.wscratch.wire.Opcode} (the six kinds of frames), {@link
 * dev.wscratch.wire.FrameParser} (the heart), {@link dev.wscratch.wire.FrameRule} (everything a frame can do wrong),
 * {@link dev.wscratch.wire.Masking} and {@link dev.wscratch.wire.Utf8Validator} (why it is fast), {@link
 * dev.wscratch.wire.CloseCode} (how it ends), {@link dev.wscratch.wire.Diagnosis} (what to do about it). {@link
 * dev.wscratch.wire.FrameExplainer} and {@link dev.wscratch.wire.HandshakeExplainer} say of each byte what it is.
 */
@NullMarked
package dev.wscratch.wire;

import org.jspecify.annotations.NullMarked;
