// Which bytes and bits of a frame break a rule (RFC 6455 §5): the place that is shown in red.

import { isUtf8 } from '../wire/bytes.js';
import { lengthBytes, OPCODES, unmask } from '../wire/frame.js';
import { isCompressed } from './meaning.js';

const FIN = 0x80;
const RSV1 = 0x40;
const RSV2_AND_3 = 0x30;
const OPCODE = 0x0f;
const MASK = 0x80;
const LENGTH = 0x7f;
const ALL = 0xff;

/**
 * The places of a rule's breach: `[{ from, to, mask }]`, bytes `from` to before `to`, of each the bits of `mask`. Empty if
 * the rule has no place in the bytes that are here.
 *
 * @param rule the name, as in `broken` of a row
 */
export function guiltyPlaces(rule, row) {
  const { bytes, frame } = row;
  const places = HEADER[rule]?.(bytes) ?? (frame ? payloadPlaces(rule, row) : []);
  return places
    .map(({ from, to, mask = ALL }) => ({ from, to: Math.min(to, bytes.length), mask }))
    .filter(({ from, to }) => from < to);
}

const first = (mask) => [{ from: 0, to: 1, mask }];
const second = (mask) => [{ from: 1, to: 2, mask }];

/** What a header alone can do wrong. */
const HEADER = {
  // RSV2 and RSV3 have no meaning at all; RSV1 has one, if it was agreed.
  RESERVED_BIT_SET: ([byte]) => first(byte & RSV2_AND_3 || RSV1),
  RSV1_MISPLACED: () => first(RSV1),
  RESERVED_OPCODE: () => first(OPCODE),
  CONTROL_FRAME_FRAGMENTED: () => first(FIN),
  CONTINUATION_WITHOUT_MESSAGE: () => first(OPCODE),
  MESSAGE_INTERRUPTED: () => first(OPCODE),
  TOO_MANY_FRAGMENTS: () => first(OPCODE),
  MASK_MISSING: () => second(MASK),
  MASK_FORBIDDEN: () => second(MASK),
  CONTROL_FRAME_TOO_LONG: lengthPlaces,
  MESSAGE_TOO_BIG: lengthPlaces,
  CLOSE_PAYLOAD_OF_ONE_BYTE: () => second(LENGTH),
  LENGTH_NOT_MINIMAL: lengthPlaces,
  LENGTH_HIGH_BIT_SET: () => [{ from: 2, to: 3, mask: 0x80 }],
};

function lengthPlaces(bytes) {
  const extended = lengthBytes(bytes[1] ?? 0);
  return extended === 0 ? second(LENGTH) : [...second(LENGTH), { from: 2, to: 2 + extended }];
}

function payloadPlaces(rule, row) {
  const { bytes, frame, message = null } = row;
  const from = frame.headerLength;
  const plain = unmask(frame.payload, frame.key);
  switch (rule) {
    case 'CLOSE_CODE_INVALID':
      return [{ from, to: from + 2 }];
    case 'CLOSE_REASON_NOT_UTF8':
      return [badCharacter(plain, 2, from)];
    case 'TEXT_NOT_UTF8': {
      const begins = frame.opcode === OPCODES.TEXT;
      // A fragment may begin inside a character that the one before it began.
      const skipped = begins || message === null ? 0 : plain.findIndex((byte, i) => i === 3 || (byte & 0xc0) !== 0x80);
      // Where it is compressed, no byte of the payload is a byte of the text.
      return isCompressed(row) ? [{ from, to: bytes.length }] : [badCharacter(plain, Math.max(skipped, 0), from)];
    }
    case 'COMPRESSED_DATA_INVALID':
    case 'TOO_MANY_FINAL_BLOCKS':
      return [{ from, to: bytes.length }];
    default:
      return [];
  }
}

/** From the first character that is none to its end; the last byte, if all that is here could go on well. */
function badCharacter(plain, start, offset) {
  let at = start;
  while (at < plain.length) {
    const length = [1, 2, 3, 4].find((size) => at + size <= plain.length && isUtf8(plain.subarray(at, at + size)));
    if (length === undefined) {
      break;
    }
    at += length;
  }
  const bad = Math.min(at, plain.length - 1);
  return { from: offset + bad, to: offset + bad + 1 };
}
