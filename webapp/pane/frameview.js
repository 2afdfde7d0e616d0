// A frame from its meaning to its bits.

import { button, element } from '../ui/dom.js';
import { hexByte } from '../wire/bytes.js';
import { explainFrame } from '../wire/explainframe.js';
import { OPCODES, unmask } from '../wire/frame.js';
import { ByteGrid } from './bytegrid.js';
import { explainByte } from './explanation.js';
import { bytesOf, isCompressed, meaningOf, quotedText } from './meaning.js';
import { PARTS, partOf } from './parts.js';
import { XorSteps } from './xor.js';

const PLAIN_BYTES = 256;

export class FrameView {
  /** Hears the byte that was chosen. */
  onpick = () => {};
  /** The module `violation.js`; null until a frame that breaks a rule is to be shown. */
  violations = null;

  #words;
  #passed;
  #row = null;
  #pieces = [];
  #guilty = [];
  #parts = {};
  #grid;
  #xor;
  #every = false;

  constructor(place, { words, reducedMotion, passed }) {
    this.#words = words;
    this.#passed = passed;
    const names = ['meaning', 'violation', 'fields', 'legend', 'grid', 'byte', 'every', 'xor', 'plain'];
    this.#parts = Object.fromEntries(names.map((name) => [name, element('div', `pane-${name}`)]));
    const { meaning, violation, fields, legend, grid, byte, every, xor, plain } = this.#parts;
    place.replaceChildren(meaning, violation, fields, element('h3', '', 'Bytes'), legend, grid, byte, every, xor, plain);
    this.#grid = new ByteGrid(grid);
    this.#grid.onmove = (index) => this.#explain(index);
    this.#grid.onpick = (index) => this.onpick(index);
    this.#xor = new XorSteps(xor, { reducedMotion });
    this.#xor.onstep = (at) => this.#stepped(at);
  }

  /** The payload as it was meant: unmasked, and inflated where the row knows what came out. */
  static plain(row) {
    return row.inflated ?? (row.frame ? unmask(row.frame.payload, row.frame.key) : new Uint8Array());
  }

  show(row, byte) {
    const same = this.#row?.id === row.id && row.id !== undefined;
    const current = byte ?? (same ? this.#grid.current : null);
    this.#row = row;
    const compressed = isCompressed(row);
    this.#pieces = explainFrame(this.#words, row.bytes, row.inflated || compressed ? null : row.message ?? null, !compressed);
    this.#guilty = row.broken ? this.violations.guiltyPlaces(row.broken, row) : [];
    this.#showHead();
    this.#grid.show(row.bytes, {
      label: `Bytes of frame ${row.number ?? ''}, ${bytesOf(row.bytes.length)}. Arrow keys move.`,
      describe: (index) => this.#describe(index),
      current: current ?? this.#guilty[0]?.from ?? 0,
    });
    this.#showEvery();
    this.#showXor();
    this.#showPlain();
    this.#explain(this.#grid.current);
  }

  stop() {
    this.#xor.stop();
  }

  /** Says anew which rule the frame breaks, as soon as it is known whether the browser let it pass. */
  judge() {
    this.#parts.violation.hidden = !this.#row?.broken;
    if (this.#row?.broken && this.violations !== null) {
      this.violations.showViolation(this.#parts.violation, this.#words, this.#row.broken, this.#passed(this.#row));
    }
  }

  #showHead() {
    const row = this.#row;
    const { meaning, fields, legend } = this.#parts;
    meaning.replaceChildren(element('p', 'meaning', meaningOf(this.#words, row, FrameView.plain(row))), ...notes(row));
    this.judge();
    fields.replaceChildren(...this.#fields());
    legend.replaceChildren(...this.#legend());
  }

  /** The header in one line: the labels of its two bytes, of the long length and of the key. */
  #fields() {
    const header = this.#pieces.filter(({ offset }) => offset < (this.#row.frame?.headerLength ?? Infinity));
    return header.map(({ offset, length, label }) => {
      const value = label === this.#words.pieces.MASKING_KEY.label ? ` ${Array.from(this.#row.bytes.subarray(offset, offset + length), hexByte).join(' ')}` : '';
      return element('code', `field b-${partOf(this.#row.bytes, offset)}`, `${label}${value}`);
    });
  }

  #legend() {
    const shown = new Set(Array.from({ length: Math.min(this.#row.bytes.length, 16) }, (_, i) => partOf(this.#row.bytes, i)));
    return [...shown].map((part) =>
      element('span', 'legend', element('span', `letter b-${part}`, PARTS[part].letter), ` ${PARTS[part].name}`));
  }

  #describe(index) {
    return { part: partOf(this.#row.bytes, index), label: this.#pieceAt(index).label, guilty: this.#guiltyBits(index) !== 0 };
  }

  #pieceAt(index) {
    return this.#pieces.find(({ offset, length }) => index >= offset && index < offset + length) ?? this.#pieces.at(-1);
  }

  #guiltyBits(index) {
    return this.#guilty.filter(({ from, to }) => index >= from && index < to).reduce((bits, { mask }) => bits | mask, 0);
  }

  #explain(index) {
    if (this.#pieces.length === 0) {
      this.#parts.byte.replaceChildren();
      return;
    }
    const piece = this.#pieceAt(index);
    this.#parts.byte.replaceChildren(...explainByte(this.#row.bytes, index, piece, this.#guiltyBits(index)));
    this.#grid.mark('mate', range(piece));
    const at = index - (this.#row.frame?.headerLength ?? Infinity);
    if (this.#row.frame?.masked && at >= 0) {
      this.#xor.goTo(at);
    }
  }

  /** All pieces with their words; on paper always, on the screen when asked for. */
  #showEvery() {
    const list = element('ol', 'every-list', ...this.#pieces.map((piece) => element('li', `b-${partOf(this.#row.bytes, piece.offset)}`,
      element('code', '', Array.from(this.#row.bytes.subarray(piece.offset, piece.offset + Math.min(piece.length, 8)), hexByte).join(' ')
        + (piece.length > 8 ? ' …' : '')),
      element('span', '', element('strong', '', piece.label), ` ${piece.sentence}`))));
    const toggle = button('Explain every byte', () => {
      this.#every = !this.#every;
      draw();
    }, 'quiet');
    const draw = () => {
      toggle.setAttribute('aria-expanded', String(this.#every));
      list.classList.toggle('closed', !this.#every);
    };
    draw();
    this.#parts.every.replaceChildren(toggle, list);
  }

  #showXor() {
    const { frame } = this.#row;
    this.#xor.stop();
    const steps = frame?.masked && frame.payload.length > 0;
    this.#parts.xor.hidden = !steps;
    if (steps) {
      this.#xor.show(frame, unmask(frame.payload, frame.key), {
        text: this.#isText(),
        at: Math.max(0, this.#grid.current - frame.headerLength),
      });
    } else {
      this.#parts.xor.replaceChildren();
    }
  }

  #isText() {
    const { frame, message } = this.#row;
    const kind = frame.opcode === OPCODES.CONTINUATION ? message : frame.opcode;
    return kind >= OPCODES.CLOSE || (kind === OPCODES.TEXT && !isCompressed(this.#row));
  }

  #stepped(at) {
    const { headerLength } = this.#row.frame;
    this.#grid.moveTo(headerLength + at);
    this.#explain(this.#grid.current);
    this.#grid.mark('step', [headerLength - 4 + (at & 3), headerLength + at]);
  }

  #showPlain() {
    const { frame, inflated, inflatedLength } = this.#row;
    const place = this.#parts.plain;
    const shown = inflated !== undefined || (frame !== null && frame?.payload.length > 0);
    place.hidden = !shown;
    if (!shown) {
      place.replaceChildren();
      return;
    }
    const plain = FrameView.plain(this.#row);
    const name = inflated ? 'Inflated' : frame.masked ? 'Unmasked' : 'Payload';
    const head = plain.subarray(0, PLAIN_BYTES);
    const more = plain.length > head.length ? ` … the first ${head.length} bytes of ${bytesOf(plain.length)}` : '';
    place.replaceChildren(
      element('h3', '', name),
      ...(inflated ? [element('p', 'hint', ratio(inflatedLength ?? inflated.length, frame))] : []),
      ...(this.#isText() || inflated ? [element('p', 'plain-text', quotedText(plain) ?? 'not UTF-8')] : []),
      element('pre', 'plain-hex', Array.from(head, hexByte).join(' ') + more));
  }
}

function ratio(length, frame) {
  return frame.opcode === OPCODES.CONTINUATION || !frame.fin
    ? `${bytesOf(length)} came out of the whole message.`
    : `${bytesOf(length)} out of ${bytesOf(frame.length)} on the wire, ${Math.round((Number(frame.length) / length) * 100)} %.`;
}

function notes(row) {
  const notes = [];
  if (row.cut) {
    notes.push(`TCP ended inside this frame: ${bytesOf(row.bytes.length)} of it came.`);
  } else if (row.bytes.length < row.length) {
    notes.push(`The first ${bytesOf(row.bytes.length)} of ${bytesOf(row.length)} are kept here.`);
  }
  return notes.map((text) => element('p', 'hint', text));
}

function range({ offset, length }) {
  return Array.from({ length: Math.min(length, 8) }, (_, i) => offset + i);
}
