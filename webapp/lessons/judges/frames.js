// What must be seen on the wire for lessons 5 to 10.

import { fromUtf8, utf8 } from '../../wire/bytes.js';
import { append, endsMessage, known, note } from '../memory.js';
import {
  BINARY, CLOSE, closeCodeOf, CONTINUATION, headerOf, hexOf, isEvent, isFrame, isOwn, plainOf, printOf, sizeOf, TEXT, textOf,
} from '../rows.js';

const LENGTHS = [125, 126, 65_535, 65_536];

/** Fewer frames than this hardly show a middle. */
const PIECES = 3;

/** So much of a message in pieces is kept to compare it with what onmessage said. */
const KEPT = 1000;

export const FRAME_JUDGES = {
  5: {
    remember: (memory, row) => {
      if (!isOwn(row, TEXT, BINARY) || sizeOf(row) === 0) {
        return memory;
      }
      const sent = { print: printOf(row), key: hexOf(row.frame.key) };
      return { keys: append(memory.keys, sent) };
    },
    steps: [
      {
        id: 'first',
        label: 'a text under one key',
        sees: (row) => (isOwn(row, TEXT, BINARY) && sizeOf(row) > 0 ? masked(row) : null),
      },
      {
        id: 'second',
        label: 'the same text under another key',
        sees: (row, { keys = [] }) =>
          isOwn(row, TEXT, BINARY) && sizeOf(row) > 0
            && keys.some(({ print, key }) => print === printOf(row) && key !== hexOf(row.frame.key)) ? masked(row) : null,
      },
      {
        id: 'answer',
        label: 'an answer without a key',
        sees: (row) => (isFrame(row, 'received', TEXT, BINARY) && !row.frame.masked
          ? { text: 'no key: the letters stand as they are', bytes: hexOf(row.bytes) } : null),
      },
    ],
  },
  6: {
    steps: [
      { id: 'text', label: 'a text frame', sees: (row) => (isOwn(row, TEXT) ? begins(row, 'opcode 1, text') : null) },
      { id: 'binary', label: 'a binary frame', sees: (row) => (isOwn(row, BINARY) ? begins(row, 'opcode 2, binary') : null) },
    ],
  },
  7: {
    remember: (memory, row) =>
      isOwn(row, TEXT, BINARY) && LENGTHS.includes(sizeOf(row))
        ? note(memory, row, { sent: append(known(memory, row).sent, printOf(row)), [sizeOf(row)]: hexOf(headerOf(row)) }) : memory,
    steps: LENGTHS.map((length) => ({
      id: String(length),
      label: `${length.toLocaleString('en')} bytes, there and back`,
      sees: (row, memory) => {
        const { sent = [], [length]: own } = known(memory, row);
        return isFrame(row, 'received', TEXT, BINARY) && Number(row.frame.length) === length && sent.includes(printOf(row))
          ? { text: `yours began ${own}`, bytes: hexOf(headerOf(row)) } : null;
      },
    })),
  },
  8: {
    steps: [
      { id: 'two', label: '“é”, in two bytes', sees: (row) => sends(row, 'é') },
      { id: 'four', label: '“🙂”, in four', sees: (row) => sends(row, '🙂') },
      {
        id: 'broken',
        label: 'a Close frame with 1007',
        sees: (row) => (row.frame?.opcode === CLOSE && closeCodeOf(row) === 1007
          ? { text: `${row.direction === 'sent' ? 'your browser' : 'the server'} says 1007`, bytes: hexOf(row.bytes) } : null),
      },
    ],
  },
  9: {
    steps: [
      {
        id: 'binary',
        label: 'bytes, as they are',
        sees: (row) => (isOwn(row, BINARY) && sizeOf(row) > 0 ? begins(row, 'opcode 2, binary') : null),
      },
      {
        id: 'json',
        label: 'JSON, in a text frame',
        sees: (row) => (isOwn(row, TEXT) && isJson(textOf(row)) ? begins(row, 'opcode 1, text') : null),
      },
    ],
  },
  10: {
    remember: pieces,
    steps: [
      {
        id: 'frames',
        label: 'a message in three frames or more',
        sees: (row, memory) => {
          const { whole } = known(memory, row);
          return whole && endsMessage(row, 'received') ? { text: `${whole.frames} frames`, bytes: whole.firsts.join(', ') } : null;
        },
      },
      {
        id: 'message',
        label: 'one onmessage with all of it',
        // Which of the two is told first is not certain: the server's view comes on a connection of its own.
        sees: (row, memory) => {
          const { whole, heard = [] } = known(memory, row);
          return whole && heard.includes(whole.text) ? { text: `onmessage: “${whole.text.slice(0, 40)}”` } : null;
        },
      },
    ],
  },
};

function masked(row) {
  return { text: `key ${hexOf(row.frame.key)}`, bytes: hexOf(row.bytes) };
}

function begins(row, text) {
  return { text, bytes: hexOf(row.bytes) };
}

function sends(row, character) {
  return isOwn(row, TEXT) && row.frame.fin && textOf(row).includes(character)
    ? { text: hexOf(utf8(character)), bytes: hexOf(row.bytes) } : null;
}

/** An object or a list; a lone number would be JSON too, but nobody means that. */
function isJson(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    // Not JSON: that is the answer.
    return false;
  }
}

/** Remembers `whole`, the newest message that came in pieces, and `heard`, what onmessage handed over. */
function pieces(memory, row) {
  if (isEvent(row, 'onmessage')) {
    const { data } = row.detail;
    const text = (typeof data === 'string' ? data : fromUtf8(data)).slice(0, KEPT);
    return note(memory, row, { heard: append(known(memory, row).heard, text) });
  }
  if (!isFrame(row, 'received', TEXT, BINARY, CONTINUATION)) {
    return memory;
  }
  const before = row.frame.opcode === CONTINUATION ? known(memory, row).parts : { frames: 0, bytes: [], firsts: [] };
  if (!before) {
    return memory;
  }
  const parts = {
    frames: before.frames + 1,
    bytes: [...before.bytes, ...plainOf(row)].slice(0, 4 * KEPT),
    firsts: append(before.firsts, hexOf(row.bytes.subarray(0, 1))),
  };
  if (!row.frame.fin) {
    return note(memory, row, { parts });
  }
  return parts.frames < PIECES
    ? note(memory, row, { parts: undefined })
    : note(memory, row, { parts: undefined, whole: { ...parts, text: fromUtf8(Uint8Array.from(parts.bytes)).slice(0, KEPT) } });
}
