// What a frame says, in a sentence or two.

import { fromUtf8, hexByte, isUtf8 } from '../wire/bytes.js';
import { diagnoseClose } from '../wire/diagnose.js';
import { OPCODES } from '../wire/frame.js';

const SHOWN_CHARACTERS = 120;
const SHOWN_BYTES = 24;

const number = new Intl.NumberFormat('en');

/** `3 bytes`, `1 byte`. */
export function bytesOf(count) {
  return `${number.format(count)} ${Number(count) === 1 ? 'byte' : 'bytes'}`;
}

/** The text in quotes, shortened, or null if the bytes are none that a person can read. */
export function quotedText(plain) {
  // The end may cut a character: up to three bytes of it do not count.
  const head = plain.subarray(0, 4 * SHOWN_CHARACTERS);
  const cut = [0, 1, 2, 3].find((less) => isUtf8(head.subarray(0, head.length - less)));
  if (cut === undefined || (cut > 0 && head.length === plain.length)) {
    return null;
  }
  const text = fromUtf8(head.subarray(0, head.length - cut));
  const shown = [...text].slice(0, SHOWN_CHARACTERS).join('');
  const more = shown.length < text.length || head.length < plain.length;
  // What would not be seen, or would turn the line around, is shown by its number.
  const visible = shown.replace(/[\p{Cc}\p{Cf}]/gu, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
  return `“${visible}${more ? '…' : ''}”`;
}

/** Whether the frame's payload is compressed; a row made by hand may know it from RSV1 alone, unless that broke a rule. */
export function isCompressed({ frame, compressed, broken }) {
  return compressed ?? (frame?.rsv1 === true && broken !== 'RESERVED_BIT_SET');
}

/** The sentences about a row's frame; `plain` is its payload, unmasked, and inflated if it was compressed. */
export function meaningOf(words, row, plain) {
  const { frame } = row;
  if (!frame) {
    return 'The beginning of a frame: its header is not whole.';
  }
  const opcode = words.opcodes[frame.opcode];
  const size = frame.length === 0 ? 'No payload.' : `${bytesOf(frame.length)} of payload${content(words, row, plain)}.`;
  return `${frame.fin ? opcode.last : opcode.notLast} ${size}`;
}

function content(words, row, plain) {
  const { frame, message, inflated } = row;
  if (frame.opcode === OPCODES.CLOSE) {
    if (plain.length < 2) {
      return '';
    }
    const code = (plain[0] << 8) | plain[1];
    const { name, happened } = diagnoseClose(words, code);
    const reason = plain.length > 2 ? `, reason ${quotedText(plain.subarray(2)) ?? hex(plain.subarray(2))}` : '';
    return `: code ${code} (${name.toLowerCase().replaceAll('_', ' ')})${reason}. ${happened.replace(/\.$/, '')}`;
  }
  const compressed = isCompressed(row) && !inflated;
  const kind = frame.opcode === OPCODES.CONTINUATION ? message : frame.opcode;
  const text = kind === OPCODES.BINARY || compressed ? null : quotedText(plain);
  return `${compressed ? ', compressed' : ''}: ${text ?? hex(plain)}`;
}

function hex(bytes) {
  const shown = Array.from(bytes.subarray(0, SHOWN_BYTES), hexByte).join(' ');
  return bytes.length > SHOWN_BYTES ? `${shown} …` : shown;
}
