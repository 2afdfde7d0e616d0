// Says of each byte of a frame what it is (RFC 6455 §5.2), wrong or cut short as it may be; it judges nothing.

import { lengthBytes, OPCODES, readLength } from './frame.js';
import { explainPayload } from './explainpayload.js';
import { bits, piece } from './piece.js';

/**
 * The pieces of one frame, from its raw bytes: `[{ offset, length, label, sentence, section, bits: [{ mask, … }] }]`.
 * They follow each other without a gap; bytes after the frame are left alone. `message`: the opcode of the message
 * that a continuation continues, if it is known, else null. `plain`: whether RSV1 is known to mean no compression here.
 */
export function explainFrame(words, bytes, message = null, plain = false) {
  if (bytes.length === 0) {
    return [];
  }
  const pieces = [firstByte(words, bytes[0])];
  if (bytes.length === 1) {
    return pieces;
  }
  pieces.push(secondByte(words, bytes[1]));
  const masked = (bytes[1] & 0x80) !== 0;
  const extended = lengthBytes(bytes[1]);
  const keyAt = 2 + extended;
  const payloadAt = keyAt + (masked ? 4 : 0);
  if (extended > 0) {
    const whole = bytes.length >= keyAt;
    const values = { length: whole ? readLength(bytes) : 0, bits: 8 * extended };
    addIfThere(whole ? 'EXTENDED_LENGTH' : 'EXTENDED_LENGTH_CUT', 2, extended, values);
  }
  if (masked) {
    addIfThere('MASKING_KEY', keyAt, 4);
  }
  if (bytes.length > payloadAt) {
    const key = masked ? bytes.subarray(keyAt, payloadAt) : null;
    const end = Math.min(payloadAt + Number(readLength(bytes)), bytes.length);
    const own = bytes[0] & 0x0f;
    const opcode = own === OPCODES.CONTINUATION ? message : own;
    // RFC 7692 §5: a control frame is never compressed.
    const compressed = !plain && (bytes[0] & 0x40) !== 0 && !isKnownControl(words, opcode);
    pieces.push(...explainPayload(words, { bytes, from: payloadAt, end, key, opcode, compressed }));
  }
  return pieces;

  function addIfThere(name, offset, length, values) {
    const there = Math.min(length, bytes.length - offset);
    if (there > 0) {
      pieces.push(piece(words, name, offset, there, values));
    }
  }
}

function isKnownControl(words, opcode) {
  return opcode !== null && words.opcodes[opcode].control && words.opcodes[opcode].name !== 'RESERVED';
}

function firstByte(words, byte) {
  const fin = byte >> 7;
  const opcode = words.opcodes[byte & 0x0f];
  const rsv = ((byte >> 4) & 7).toString(2).padStart(3, '0');
  const first = piece(words, 'FIRST_BYTE', 0, 1, {
    fin,
    rsv,
    opcode: (byte & 0x0f).toString(16).toUpperCase(),
    kind: opcode.label,
    frame: fin ? opcode.last : opcode.notLast,
  });
  first.bits = [
    bits(words, fin ? 'FIN_SET' : 'FIN_CLEAR', 0x80),
    reservedBit(0x40, 'RSV1', 'RSV1_SET'),
    reservedBit(0x20, 'RSV2', 'RSV_SET'),
    reservedBit(0x10, 'RSV3', 'RSV_SET'),
    bits(words, 'OPCODE', 0x0f, { kind: opcode.label, opcode: opcode.sentence }),
  ];
  return first;

  function reservedBit(mask, bit, ifSet) {
    return bits(words, byte & mask ? ifSet : 'RSV_CLEAR', mask, { bit });
  }
}

/** The names of lengths that have a sentence of their own. */
const LENGTHS = new Map([
  [0, 'NO_PAYLOAD'],
  [1, 'ONE_BYTE_OF_PAYLOAD'],
  [126, 'LENGTH_IN_TWO_BYTES'],
  [127, 'LENGTH_IN_EIGHT_BYTES'],
]);

function secondByte(words, byte) {
  const masked = (byte & 0x80) !== 0;
  const length = byte & 0x7f;
  const size = bits(words, LENGTHS.get(length) ?? 'LENGTH', 0x7f, { length });
  const name = masked ? 'SECOND_BYTE_MASKED' : 'SECOND_BYTE_UNMASKED';
  const second = piece(words, name, 1, 1, { length, size: size.sentence });
  second.bits = [bits(words, masked ? 'MASK_SET' : 'MASK_CLEAR', 0x80), size];
  return second;
}
