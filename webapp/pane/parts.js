// The parts of a frame and of a head as the byte grid colours and letters them.

import { lengthBytes } from '../wire/frame.js';

/** By name: the letter below each byte, and the words of the legend. The colour is the style sheet's. */
export const PARTS = {
  head: { letter: 'F', name: 'first byte' },
  length: { letter: 'L', name: 'MASK and length' },
  key: { letter: 'K', name: 'masking key' },
  payload: { letter: 'P', name: 'payload' },
  http: { letter: 'H', name: 'HTTP' },
};

/** The part that byte `index` of a frame belongs to. */
export function partOf(bytes, index) {
  if (index === 0) {
    return 'head';
  }
  const keyAt = 2 + lengthBytes(bytes[1]);
  if (index < keyAt) {
    return 'length';
  }
  return index < keyAt + (bytes[1] & 0x80 ? 4 : 0) ? 'key' : 'payload';
}
