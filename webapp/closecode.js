// Close codes and reasons: what a page may send, and what the end of a connection meant.

import { Problem } from './problem.js';
import { closeCode } from './wire/diagnose.js';
import { knownWords } from './wire/words.js';

/** A Close frame holds at most 125 bytes, two of them the code (RFC 6455 §5.5, §5.5.1). */
export const MAX_REASON_BYTES = 123;

/** A code is two bytes. */
const MAX_CODE = 0xffff;

/** What an API reports where the Close frame had no code; it never travels (RFC 6455 §7.1.5). */
const NO_CODE = 1005;

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

/**
 * One or two sentences on how a connection ended. `opened`: whether onopen had fired;
 * `byUs`: whether this page had called close(); `status`: of the answer to the handshake, or null where none was seen.
 */
export function explainClose({ code, wasClean, opened, byUs, status = null }) {
  if (!opened && byUs) {
    return 'You ended the connection before it was open.';
  }
  if (!opened && status === 101) {
    return 'The server answered 101, but your browser did not take the answer. It does not tell a page why.';
  }
  if (!opened && status !== null) {
    return `No connection: the server answered ${status}, not 101. A browser does not tell a page that.`;
  }
  if (!opened) {
    return 'No connection: nothing listened there, or the answer was not 101. A browser does not tell a page which.';
  }
  if (!wasClean) {
    return `The connection died without a goodbye. Your browser may not tell a page more than ${code}.`;
  }
  if (byUs) {
    return `Closed cleanly. You said goodbye (${code === NO_CODE ? 'without a code' : code}), the server said it back, then TCP ended.`;
  }
  return code === NO_CODE
    ? 'Closed cleanly. The server said goodbye without a code, which your browser reports as 1005, and your browser said it back.'
    : `Closed cleanly. The server said goodbye with ${code} (${meaning(code)}), your browser said it back.`;
}

/** The name that the code has, or its range, in small letters: `going away`. */
function meaning(code) {
  const words = knownWords();
  return words === null ? 'its name has not loaded' : closeCode(words, code).name.toLowerCase().replaceAll('_', ' ');
}
