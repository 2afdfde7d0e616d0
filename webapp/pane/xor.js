// Unmasking, a byte at a time: payload byte ⊕ key byte = plain byte (RFC 6455 §5.3).

import { button, element } from '../ui/dom.js';
import { hexByte } from '../wire/bytes.js';
import { character, characterLength } from '../wire/explainpayload.js';
import { binary, sectionLink } from './explanation.js';

/** The steps go so far; the rest is done in the same way. */
const MOST = 256;

/** Bytes of the strip that shows what is plain already. */
const STRIP = 32;

const BEAT_MILLISECONDS = 700;

export class XorSteps {
  /** Hears which payload byte the step is at. */
  onstep = () => {};

  #place;
  #reducedMotion;
  #frame = null;
  #plain = new Uint8Array();
  #text = false;
  #at = 0;
  #beat = null;

  constructor(place, { reducedMotion }) {
    this.#place = place;
    this.#reducedMotion = reducedMotion;
  }

  /** `plain`: the payload unmasked; `text`: whether its bytes are characters. */
  show(frame, plain, { text, at = 0 }) {
    this.stop();
    this.#frame = frame;
    this.#plain = plain.subarray(0, MOST);
    this.#text = text;
    this.#at = Math.min(at, this.#plain.length - 1);
    this.#build();
    this.#draw();
  }

  /** Ends what plays by itself. */
  stop() {
    clearInterval(this.#beat);
    this.#beat = null;
  }

  /** Goes to a payload byte, without telling `onstep`. */
  goTo(at) {
    if (at >= 0 && at < this.#plain.length) {
      this.#at = at;
      this.#draw();
    }
  }

  #build() {
    this.sum = element('div', 'xor-sum');
    this.sum.setAttribute('role', 'status');
    this.strip = element('p', 'xor-strip');
    this.back = button('◀ Back', () => this.#step(-1));
    this.next = button('Step ▶', () => this.#step(1));
    this.play = button('Play', () => this.#toggle(), 'quiet');
    this.play.hidden = this.#reducedMotion;
    this.#place.replaceChildren(
      element('h3', '', 'Unmask'),
      this.sum,
      element('div', 'xor-steps', this.back, this.next, this.play),
      this.strip,
      element('p', 'hint', 'Byte i of the payload is XORed with byte i mod 4 of the key; the same once more masks it again. ', sectionLink('RFC 6455 5.3')));
  }

  #step(by) {
    this.#at += by;
    this.#draw();
    this.onstep(this.#at);
    // A button that goes grey would lose the focus.
    const [own, other] = by < 0 ? [this.back, this.next] : [this.next, this.back];
    if (own.disabled && !other.disabled && this.#beat === null) {
      other.focus();
    }
  }

  #toggle() {
    if (this.#beat !== null) {
      this.stop();
    } else {
      if (this.#at === this.#plain.length - 1) {
        this.#at = -1;
      }
      this.#beat = setInterval(() => {
        this.#step(1);
        if (this.#at === this.#plain.length - 1 || !this.#place.isConnected) {
          this.stop();
          this.#draw();
        }
      }, BEAT_MILLISECONDS);
      this.#step(1);
    }
    this.#draw();
  }

  #draw() {
    const plain = this.#plain[this.#at];
    const key = this.#frame.key[this.#at & 3];
    this.sum.replaceChildren(
      line('', `payload byte ${this.#at}`, plain ^ key, 'b-payload'),
      line('⊕', `key byte ${this.#at & 3}`, key, 'b-key'),
      line('=', this.#text ? `plain: ${this.#character()}` : 'plain', plain, 'xor-plain'));
    const from = Math.max(0, Math.min(this.#at - STRIP / 2, this.#plain.length - STRIP));
    const done = Array.from(this.#plain.subarray(from, from + STRIP), (byte, i) => {
      const cell = element('span', from + i === this.#at ? 'now' : '', from + i <= this.#at ? hexByte(byte) : '··');
      return cell;
    });
    this.strip.replaceChildren(...done.flatMap((cell) => [cell, ' ']));
    this.back.disabled = this.#at <= 0;
    this.next.disabled = this.#at >= this.#plain.length - 1;
    this.play.textContent = this.#beat === null ? 'Play' : 'Pause';
    this.play.hidden = this.#reducedMotion || this.#plain.length < 2;
  }

  /** The character that the byte is, or is a part of. */
  #character() {
    for (let at = Math.max(0, this.#at - 3); at <= this.#at; at++) {
      const length = characterLength(this.#plain, at);
      if (length > 1 && at + length > this.#at) {
        return `part ${this.#at - at + 1} of ${length} of ${character(this.#plain.subarray(at, at + length))}`;
      }
    }
    return this.#plain[this.#at] > 0x7f ? 'no character by itself' : character(this.#plain.subarray(this.#at, this.#at + 1));
  }
}

function line(sign, name, byte, part) {
  return element('p', 'xor-line',
    element('span', 'xor-sign', sign),
    element('code', part, binary(byte)),
    element('code', part, hexByte(byte)),
    element('span', 'xor-name', name));
}
