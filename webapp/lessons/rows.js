// Reading the rows of the lab: what a frame carried, what a handshake asked and was answered. Pure functions.

import { fromUtf8, toHex } from '../wire/bytes.js';
import { OPCODES, unmask } from '../wire/frame.js';

export const { CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG } = OPCODES;

/** So many bytes of a payload are enough to tell two apart, with their lengths. */
const KEPT = 64;

/** Whether a row is a whole, legal frame that went this way, with one of these opcodes. */
export function isFrame(row, direction, ...opcodes) {
  return row.kind === 'frame' && row.frame !== null && row.direction === direction && !row.broken && !row.cut
    && opcodes.includes(row.frame.opcode);
}

/** A frame that the page's own browser sent: not one of the partner on the server's side. */
export function isOwn(row, ...opcodes) {
  return isFrame(row, 'sent', ...opcodes) && row.client !== 'partner';
}

/** An event of the page's API, such as `onclose`. */
export function isEvent(row, name) {
  return row.kind === 'event' && row.name === name;
}

/** The payload as the other end reads it: inflated if it was compressed, without the mask. May be cut if it is long. */
export function plainOf(row) {
  const { masked, key, payload } = row.frame;
  return row.inflated ?? (masked ? unmask(payload, key) : payload);
}

/** The payload as text, for people and for comparing. */
export function textOf(row) {
  return fromUtf8(plainOf(row));
}

/** How many bytes the payload has before compression, also where the row holds only the first of them. */
export function sizeOf(row) {
  return row.inflatedLength ?? Number(row.frame.length);
}

/** The same for two frames with the same payload: enough of it, and its length. */
export function printOf(row) {
  return `${sizeOf(row)}:${hexOf(plainOf(row), KEPT)}`;
}

/** The bytes of the frame before its payload: two, the longer length, the key. */
export function headerOf(row) {
  return row.bytes.subarray(0, row.frame.headerLength);
}

/** The code of a Close frame; null if it is empty or no Close frame. */
export function closeCodeOf(row) {
  if (row.kind !== 'frame' || row.frame?.opcode !== CLOSE) {
    return null;
  }
  const payload = plainOf(row);
  return payload.length < 2 ? null : payload[0] * 256 + payload[1];
}

/** Pairs of hex digits, at most so many, with an ellipsis where there are more. */
export function hexOf(bytes, most = 16) {
  return toHex(bytes.subarray(0, most)) + (bytes.length > most ? ' …' : '');
}

/** `{ start, header(name) }` of the head of a request or an answer; a header that is not there is null. */
export function headOf(bytes) {
  const [start, ...lines] = fromUtf8(bytes ?? new Uint8Array()).split('\r\n\r\n', 1)[0].split('\r\n');
  const fields = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  return {
    start,
    header: (name) => fields.filter(([key]) => key === name.toLowerCase()).map(([, value]) => value).join(', ') || null,
  };
}

/** The address that a connection was opened with, if this row says so; without it, null. */
export function addressOf(row) {
  if (isEvent(row, 'new WebSocket')) {
    return row.detail.url;
  }
  return row.kind === 'handshake' ? row.url ?? null : null;
}
