// The bytes of a frame or of a handshake, plain.

import { hexOf, plainPayload } from './describe.js';
import { element } from './dom.js';

const SHOWN = 512;

const decoder = new TextDecoder();

export class HexPane {
  #element;
  onpick = () => {};

  constructor(place) {
    this.#element = place;
  }

  show(row) {
    const blocks = row.kind === 'handshake'
      ? [row.request, row.response ?? new Uint8Array()].map((head) => element('pre', '', decoder.decode(head)))
      : [element('pre', 'bytes', hexOf(row.bytes, SHOWN)), element('pre', 'plain', decoder.decode(plainPayload(row, SHOWN) ?? new Uint8Array()))];
    this.#element.replaceChildren(...blocks);
  }

  clear() {
    this.#element.replaceChildren();
  }
}
