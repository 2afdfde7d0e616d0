/**
 * What travels on typed endpoints: messages as sealed records, and the Jakarta encoders and decoders of their two formats,
 * JSON as text and CBOR (RFC 8949) as binary.
 *
 * <p>May use {@code wire}, the Jakarta WebSocket 2.1 API and Jackson; nothing else, so that server, client and every app
 * server share it.
 *
 * <h2>From objects to bytes and back</h2>
 *
 * <pre>
 *  Message ── OutgoingJson ── {@link dev.wscratch.message.JsonEncoder} ──▶ text frame    ── {@link dev.wscratch.message.JsonDecoder} ── IncomingJson ──▶ Reading
 *  Message ── OutgoingCbor ── {@link dev.wscratch.message.CborEncoder} ──▶ binary frame  ── {@link dev.wscratch.message.CborDecoder} ── IncomingCbor ──▶ Reading
 * </pre>
 *
 * <p>Jakarta's {@code sendObject} takes the first encoder whose type fits, so a message type with two encoders would always
 * leave in one format: hence the wrappers, one per format, which {@link dev.wscratch.message.Format} picks. A decoder that
 * throws would cost the session on some app servers: hence {@link dev.wscratch.message.Reading}, which is a message or says
 * what is wrong with it.
 */
@NullMarked
package dev.wscratch.message;

import org.jspecify.annotations.NullMarked;
