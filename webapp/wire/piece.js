// A piece of a frame or head with its words; the same shape for both.

import { fill } from './words.js';

/** The piece `name` of the table at its place, its values filled in. */
export function piece(words, name, offset, length, values) {
  const { label, sentence, section } = words.pieces[name];
  return { offset, length, label: fill(label, values), sentence: fill(sentence, values), section, bits: [] };
}

/** The piece `name` of the table as bits of a byte. */
export function bits(words, name, mask, values) {
  const { label, sentence, section } = words.pieces[name];
  return { mask, label: fill(label, values), sentence: fill(sentence, values), section };
}
