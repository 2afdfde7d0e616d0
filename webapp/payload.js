// The payload of a message, as a person reads and writes it.

import { Problem } from './problem.js';

/** A row stays readable, and a megabyte does not slow the page: the rest of a long payload is counted, not shown. */
const SHOWN_CHARACTERS = 2000;
const SHOWN_BYTES = 256;

const encoder = new TextEncoder();
const count = new Intl.NumberFormat('en');

/** The view of a text message (a string) or a binary one (an ArrayBuffer, or a Uint8Array): `{ kind, shown, size }`. */
export function describePayload(data) {
  return typeof data === 'string' ? describeText(data) : describeBinary(new Uint8Array(data));
}

/** The bytes that hex pairs stand for, e.g. `00 ff 10`. Throws a Problem. */
export function parseHex(typed) {
  const digits = typed.replace(/[\s,:]/g, '');
  const wrong = digits.match(/[^0-9a-f]/i);
  if (wrong) {
    throw new Problem(`Bytes are written as pairs of hex digits, such as 00 ff 10. “${wrong[0]}” is not a hex digit.`);
  }
  if (digits.length % 2 === 1) {
    throw new Problem(`Each byte takes two hex digits; there are ${digits.length}. Try: 00 ff 10`);
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function describeText(text) {
  const shown = text.length <= SHOWN_CHARACTERS
    ? text
    : `${text.slice(0, SHOWN_CHARACTERS)}… (the first ${count.format(SHOWN_CHARACTERS)} characters)`;
  return { kind: 'text', shown, size: size(encoder.encode(text).length) };
}

function describeBinary(bytes) {
  const hex = Array.from(bytes.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const shown = bytes.length <= SHOWN_BYTES ? hex : `${hex} … (the first ${SHOWN_BYTES} bytes)`;
  return { kind: 'binary', shown, size: size(bytes.length) };
}

function size(bytes) {
  return `${count.format(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
}
