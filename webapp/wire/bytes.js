// Bytes and the ways to write them.

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** In pieces, since a function takes only so many arguments; a multiple of three, so that base64 pieces join. */
const PIECE = 3 * 8192;

/** Two hex digits. */
export function hexByte(byte) {
  return byte.toString(16).padStart(2, '0');
}

/** Pairs of hex digits, with `separator` between them. */
export function toHex(bytes, separator = ' ') {
  return Array.from(bytes, hexByte).join(separator);
}

/** The bytes of pairs of hex digits; blanks, commas and colons between them do not count. Throws a SyntaxError. */
export function fromHex(text) {
  const digits = text.replace(/[\s,:]/g, '');
  if (digits.length % 2 === 1 || /[^0-9a-f]/i.test(digits)) {
    throw new SyntaxError(`expected pairs of hex digits such as 00 ff 10, not “${text}”`);
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toBase64(bytes) {
  let base64 = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    base64 += btoa(latin1(bytes.subarray(at, at + PIECE)));
  }
  return base64;
}

/** Throws what `atob` throws where the text is not base64. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The bytes of a text in UTF-8; half a surrogate pair becomes U+FFFD. */
export function utf8(text) {
  return encoder.encode(text);
}

/** The text that the bytes are in UTF-8; U+FFFD where they are none. */
export function fromUtf8(bytes) {
  return lenient.decode(bytes);
}

/** Whether the bytes are UTF-8 and whole. */
export function isUtf8(bytes) {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Each byte as the character of its number, as HTTP heads are read (the platform's own “latin1” is windows-1252). */
export function latin1(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return text;
}

/** The bytes of a text of characters up to U+00FF. */
export function fromLatin1(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
