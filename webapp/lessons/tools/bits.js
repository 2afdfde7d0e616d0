// Lesson 6: the sixteen bits of a frame's beginning, to be switched, and sent by the partner.

import { button, element } from '../../ui/dom.js';
import { toHex, utf8 } from '../../wire/bytes.js';
import { unmask } from '../../wire/frame.js';
import { hexOf } from '../rows.js';

const HELLO = 0x8185;
const MASK = 0x80;

/** From the highest: what each bit is called. */
const NAMES = [
  'FIN', 'RSV1', 'RSV2', 'RSV3', 'opcode 8', 'opcode 4', 'opcode 2', 'opcode 1',
  'MASK', 'length 64', 'length 32', 'length 16', 'length 8', 'length 4', 'length 2', 'length 1',
];

const KINDS = { 0: 'a continuation', 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' };

/** What fills the payload: letters. */
const LETTERS = 'Hello, wire! ';

export function bitsTool({ stage, attempt }) {
  let value = HELLO;
  const meaning = element('p', 'meaning');
  meaning.setAttribute('role', 'status');
  const bits = NAMES.map((name, i) => {
    const bit = button('', () => {
      value ^= 0x8000 >> i;
      show();
    }, 'bit');
    bit.title = name;
    bit.setAttribute('aria-label', name);
    return bit;
  });
  const show = () => {
    bits.forEach((bit, i) => {
      const set = (value & (0x8000 >> i)) !== 0;
      bit.textContent = set ? '1' : '0';
      bit.setAttribute('aria-pressed', String(set));
    });
    meaning.textContent = describe(value);
  };
  show();
  const send = button('Let the partner send it', () => attempt(() => {
    const bytes = frameOf(value);
    return stage.lab.raw({ path: '/echo', bytes }).then(() => `The partner sent ${hexOf(bytes)}. See the timeline.`);
  }));
  const group = (from, words, fields) => {
    const made = element('div', 'bits', ...bits.slice(from, from + 8));
    made.setAttribute('role', 'group');
    made.setAttribute('aria-label', words);
    return element('div', 'bit-row', made, element('p', 'hint', fields));
  };
  return element(
    'div', 'tool', group(0, 'First byte', 'FIN, RSV1, RSV2, RSV3, opcode'), group(8, 'Second byte', 'MASK, length'), meaning,
    element('p', 'chips', send));
}

function describe(value) {
  const [first, second] = [value >> 8, value & 0xff];
  const length = second & 0x7f;
  const rsv = ['RSV1', 'RSV2', 'RSV3'].filter((_, i) => (first & (0x40 >> i)) !== 0);
  const parts = [
    KINDS[first & 0x0f] ?? `opcode ${first & 0x0f}, which is reserved`,
    (first & 0x80) === 0 ? 'more frames follow' : 'the message ends here',
    ...(rsv.length === 0 ? [] : [`${rsv.join(', ')} set`]),
    (second & MASK) === 0 ? 'not masked' : 'masked',
    length === 126 ? 'two more bytes hold the length' : length === 127 ? 'eight more bytes hold the length' : `${length} bytes`,
  ];
  return `${toHex(Uint8Array.of(first, second))}: ${parts.join('; ')}.`;
}

/** The bytes behind the two fit them, so that what is wrong is wrong in the bits alone. */
function frameOf(value) {
  const [first, second] = [value >> 8, value & 0xff];
  const short = second & 0x7f;
  const length = { 126: 126, 127: 65_536 }[short] ?? short;
  const long = { 126: [0, 126], 127: [0, 0, 0, 0, 0, 1, 0, 0] }[short] ?? [];
  const key = (second & MASK) === 0 ? null : crypto.getRandomValues(new Uint8Array(4));
  // The partner sends at most 64 KiB: of the longest, the beginning will do.
  const payload = utf8(LETTERS.repeat(Math.ceil(length / LETTERS.length)).slice(0, Math.min(length, 60_000)));
  return Uint8Array.from([first, second, ...long, ...(key ?? []), ...unmask(payload, key)]);
}
