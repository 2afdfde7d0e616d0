// Close codes and reasons: what a page may send.

import { Problem } from './problem.js';
import { closeCode } from './wire/diagnose.js';
import { knownWords } from './wire/words.js';

/** A Close frame holds at most 125 bytes, two of them the code (RFC 6455 §5.5, §5.5.1). */
export const MAX_REASON_BYTES = 123;

/** A code is two bytes. */
const MAX_CODE = 0xffff;

const encoder = new TextEncoder();

/** The length of a reason as it counts on the wire: bytes of UTF-8. */
export function reasonBytes(reason) {
  return encoder.encode(reason).length;
}

/** The number that the typed code means, if a page may send it; null for none, which is allowed, too. Throws a Problem. */
export function parseCode(typed) {
  const text = typed.trim();
  if (text === '') {
    return null;
  }
  if (!/^\d{1,5}$/.test(text)) {
    throw new Problem(`The code is a number: 1000 or 3000–4999. “${text}” is not.`);
  }
  const code = Number(text);
  if (code !== 1000 && (code < 3000 || code > 4999)) {
    throw new Problem(`The browser lets a page send only 1000 or 3000–4999. ${whyNot(code)} (WHATWG WebSockets, close())`);
  }
  return code;
}

/** The reason as typed, if it fits into a Close frame behind this code, or null where there is none. Throws a Problem. */
export function parseReason(typed, code) {
  if (code === null && typed !== '') {
    throw new Problem('A reason stands behind a code: give a code, or leave the reason empty. (RFC 6455 §5.5.1)');
  }
  const bytes = reasonBytes(typed);
  if (bytes > MAX_REASON_BYTES) {
    throw new Problem(`Reason is ${bytes} bytes; the limit is ${MAX_REASON_BYTES} (125 minus the 2-byte code).`);
  }
  return typed;
}

function whyNot(code) {
  if (code === 1001) {
    return '1001 is sent by the browser itself when the page is left, or by a server.';
  }
  const words = knownWords();
  if (words === null) {
    return '';
  }
  const { name, mayBeSent, code: registered } = code <= MAX_CODE ? closeCode(words, code) : {};
  if (mayBeSent) {
    return `${code} (${meaning(code)}) is not for a page to send.`;
  }
  return registered && name !== 'RESERVED'
    ? `${code} (${meaning(code)}) never travels: it is what an API reports when no code arrived.`
    : `${code} has no meaning.`;
}

/** The name that the code has, or its range, in small letters: `going away`. */
export function meaning(code) {
  const words = knownWords();
  return words === null ? 'its name has not loaded' : closeCode(words, code).name.toLowerCase().replaceAll('_', ' ');
}
