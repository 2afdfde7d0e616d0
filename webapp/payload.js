// Bytes as a person writes them.

import { Problem } from './problem.js';

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
