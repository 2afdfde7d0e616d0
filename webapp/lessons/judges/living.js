// What must be seen on the wire for lessons 11 to 14.

import { addresses, append, endings, isAt, known, note } from '../memory.js';
import { BINARY, CLOSE, closeCodeOf, hexOf, isEvent, isFrame, isOwn, PING, plainOf, PONG, TEXT, textOf } from '../rows.js';

export const LIVING_JUDGES = {
  11: {
    remember: pings,
    steps: [
      {
        id: 'ping',
        label: 'a ping, coming down',
        sees: (row) => (isFrame(row, 'received', PING) && notPartner(row)
          ? { text: `ping “${textOf(row)}”`, bytes: hexOf(row.bytes) } : null),
      },
      {
        id: 'pong',
        label: 'its pong, going up',
        sees: (row, memory) => (isOwn(row, PONG) && known(memory, row).pings?.includes(hexOf(plainOf(row), 125))
          ? { text: `pong “${textOf(row)}”`, bytes: hexOf(row.bytes) } : null),
      },
      {
        id: 'between',
        label: 'a ping between two frames of a message',
        sees: (row, memory) => (isFrame(row, 'received', PING) && notPartner(row) && known(memory, row).under
          ? { text: 'the message had begun, and had not ended', bytes: hexOf(row.bytes) } : null),
      },
    ],
  },
  12: {
    remember: (memory, row) => {
      const before = addresses(memory, row);
      return isOwn(row, PONG) ? note(before, row, { pongs: (known(before, row).pongs ?? 0) + 1 }) : before;
    },
    steps: [
      {
        id: 'silence',
        label: 'frames that nobody answered',
        sees: (row, memory) =>
          row.kind === 'ended' && isAt(memory, row, '/fault/silent') && row.framesFromClient > 0 && row.framesFromServer === 0
            ? { text: `${row.framesFromClient} frames up, none down, and then the end` } : null,
      },
      {
        id: 'timeout',
        label: 'a server that gave up',
        sees: (row, memory) =>
          isFrame(row, 'received', CLOSE) && closeCodeOf(row) === 3008 && known(memory, row).pongs > 0
            ? { text: `your browser answered ${known(memory, row).pongs} pings in vain: 3008`, bytes: hexOf(row.bytes) } : null,
      },
    ],
  },
  13: {
    remember: endings,
    steps: [
      { id: 'ours', label: 'you, then the server', sees: (row, memory) => goodbye(row, known(memory, row), 'sent') },
      { id: 'theirs', label: 'the server, then your browser', sees: (row, memory) => goodbye(row, known(memory, row), 'received') },
    ],
  },
  14: {
    steps: [
      {
        id: 'private',
        label: '4001, on the wire',
        sees: (row, memory, seen, { frames }) => {
          const travelled = frames
            ? isOwn(row, CLOSE) && closeCodeOf(row) === 4001
            : isEvent(row, 'onclose') && row.detail.wasClean && row.detail.code === 4001;
          return travelled ? { text: '4001 travelled', bytes: frames ? hexOf(row.bytes) : undefined } : null;
        },
      },
      {
        id: 'refused',
        label: '1006 or 1005, refused by the browser',
        sees: (row) => (row.name === 'refused' && [1005, 1006].includes(row.detail.code) && row.detail.error === 'InvalidAccessError'
          ? { text: `close(${row.detail.code}) threw an InvalidAccessError; nothing travelled` } : null),
      },
    ],
  },
};

function notPartner(row) {
  return row.client !== 'partner';
}

/** Remembers `pings`, the payloads of pings by connection, and `under`, whether a message in pieces is under way. */
function pings(memory, row) {
  if (isFrame(row, 'received', PING)) {
    return note(memory, row, { pings: append(known(memory, row).pings, hexOf(plainOf(row), 125)) });
  }
  if (isFrame(row, 'received', TEXT, BINARY, 0)) {
    return Boolean(known(memory, row).under) === !row.frame.fin ? memory : note(memory, row, { under: !row.frame.fin });
  }
  return memory;
}

/** Both Close frames with one code, this one first, and an onclose that calls it clean; whichever is told last. */
function goodbye(row, { closes = [], end }, first) {
  if (row.client === 'partner' || closes.length < 2 || end?.wasClean !== true || !closes[0].startsWith(first)) {
    return null;
  }
  const [one, other] = closes.map((close) => close.slice(close.indexOf(' ') + 1));
  const opposite = closes[1].split(' ', 1)[0] !== first;
  return opposite && one === other ? { text: `Close ${one}, Close ${other}, wasClean true` } : null;
}
