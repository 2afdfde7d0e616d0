// Who knows the mark of a connection can watch the page that has it: what leaves the page has stars in its place.

import { fromLatin1, latin1 } from '../wire/bytes.js';

const KEY = /(lab(?:=|%3d))([0-9a-f]{32})/gi;

/** The text with the 32 digits of each mark as stars. */
export function starred(text) {
  return text.replace(KEY, (_, name, digits) => name + '*'.repeat(digits.length));
}

/** The bytes, of the same length. */
export function starredBytes(bytes) {
  return fromLatin1(starred(latin1(bytes)));
}
