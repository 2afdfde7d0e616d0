// A frame's payload: text by its characters, everything else by its bytes, the start of it at least.

import { fromUtf8, hexByte, isUtf8 } from './bytes.js';
import { diagnoseClose } from './diagnose.js';
import { OPCODES, unmask } from './frame.js';
import { piece } from './piece.js';

/** The pieces of `bytes` from `from` to `end`, which is the payload as on the wire, masked if there is a `key`. */
export function explainPayload(words, { bytes, from, end, key, opcode, compressed }) {
  const plain = unmask(bytes.subarray(from, end), key);
  const pieces = [];
  let at = 0;
  if (opcode === OPCODES.CLOSE && plain.length >= 2) {
    const code = (plain[0] << 8) | plain[1];
    const { name, happened } = diagnoseClose(words, code);
    pieces.push(piece(words, 'CLOSE_CODE', from, 2, { code, name, happened }));
    at = 2;
  }
  const text = (opcode === OPCODES.TEXT || opcode === OPCODES.CLOSE) && !compressed;
  for (let count = 0; at < plain.length; count++) {
    if (count === words.maxPieces) {
      pieces.push(piece(words, 'REST', from + at, plain.length - at, { count: plain.length - at }));
      break;
    }
    const length = text ? characterLength(plain, at) : 1;
    const unmasked = plain.subarray(at, at + length);
    const name = nameOf(unmasked, text, compressed) + (key ? '_MASKED' : '');
    pieces.push(piece(words, name, from + at, length, {
      byte: hexByte(unmasked[0]),
      character: text ? character(unmasked) : '',
      bytes: length,
      steps: key ? steps(unmasked, key, at) : '',
    }));
    at += length;
  }
  return pieces;
}

function nameOf(unmasked, text, compressed) {
  if (!text) {
    return compressed ? 'COMPRESSED' : 'BYTE';
  }
  if (unmasked.length > 1) {
    return 'CHARACTER';
  }
  return unmasked[0] > 0x7f ? 'NO_CHARACTER' : 'CHARACTER_OF_ONE_BYTE';
}

/** How each byte was unmasked; `at`: the place of the first in the payload. */
function steps(unmasked, key, at) {
  return Array.from(unmasked, (byte, i) => {
    const keyByte = key[(at + i) & 3];
    return `${hexByte(byte ^ keyByte)} ⊕ ${hexByte(keyByte)} = ${hexByte(byte)}`;
  }).join(', ');
}

/** The bytes of the character that begins at `at`; 1 for a byte that begins none, or if it is cut. */
export function characterLength(plain, at) {
  const first = plain[at];
  const length = first < 0xc2 || first > 0xf4 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return at + length <= plain.length && isUtf8(plain.subarray(at, at + length)) ? length : 1;
}

/** In quotes if it can be shown, else by its number. */
export function character(bytes) {
  const text = fromUtf8(bytes);
  return /^[\p{Cc}\p{Cf}\p{Cn}]/u.test(text)
    ? `U+${text.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    : `'${text}'`;
}
