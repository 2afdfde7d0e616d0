// What must be seen on the wire for lessons 18 to 20.

import { addresses, append, known, note } from '../memory.js';
import { BINARY, headOf, hexOf, isEvent, isFrame, isOwn, printOf, sizeOf, TEXT } from '../rows.js';

/** 10 KiB, or a little less, since nobody counts. */
const LARGE = 10_000;

export const WORLD_JUDGES = {
  18: {
    steps: [
      {
        id: 'plain',
        label: '10 KiB, as they are',
        sees: (row) => (isOwn(row, TEXT, BINARY) && !row.frame.rsv1 && sizeOf(row) >= LARGE
          ? { text: `${number(row.length)} bytes on the wire`, bytes: hexOf(row.bytes, 4) } : null),
      },
      {
        id: 'squeezed',
        label: 'the same size, compressed',
        sees: (row) => (isOwn(row, TEXT, BINARY) && row.frame.rsv1 && row.inflatedLength >= LARGE && row.length < row.inflatedLength
          ? {
            text: `${number(row.inflatedLength)} bytes in ${number(row.length)}: ${percent(row.length, row.inflatedLength)}`,
            bytes: hexOf(row.bytes, 4),
          } : null),
      },
    ],
  },
  19: {
    steps: [
      {
        id: 'own',
        label: 'a page of this server, let in',
        sees: (row) => (row.kind === 'handshake' && row.status === 101 && origin(row) !== null && isSame(row)
          ? { text: `Origin ${origin(row)}, Host ${host(row)}: 101` } : null),
      },
      {
        id: 'foreign',
        label: 'a foreign one, refused',
        sees: (row) => (row.kind === 'handshake' && row.status === 403 && origin(row) !== null && !isSame(row)
          ? { text: `Origin ${origin(row)}, Host ${host(row)}: 403` } : null),
      },
    ],
  },
  20: {
    remember: (memory, row) => {
      const before = addresses(memory, row);
      return isOwn(row, TEXT, BINARY) ? note(before, row, { sent: append(known(before, row).sent, printOf(row)) }) : before;
    },
    steps: [
      {
        id: 'opened',
        label: 'a handshake inside TLS',
        sees: (row, memory, seen, { frames }) => {
          const opened = frames ? row.kind === 'handshake' && row.status === 101 : isEvent(row, 'onopen');
          return opened && isSecure(memory, row) ? { text: new URL(known(memory, row).url).origin } : null;
        },
      },
      {
        id: 'message',
        label: 'a message, there and back',
        sees: (row, memory, seen, { frames }) => {
          const came = frames
            ? isFrame(row, 'received', TEXT, BINARY) && known(memory, row).sent?.includes(printOf(row)) : isEvent(row, 'onmessage');
          return came && isSecure(memory, row) ? { text: 'the same frames as ever', bytes: frames ? hexOf(row.bytes) : undefined } : null;
        },
      },
    ],
  },
};

function origin(row) {
  return headOf(row.request).header('origin');
}

function host(row) {
  return headOf(row.request).header('host');
}

/** Whether the page and the server that it called have the same name and port. */
function isSame(row) {
  return origin(row).replace(/^[a-z]+:\/\//i, '').toLowerCase() === host(row)?.toLowerCase();
}

function isSecure(memory, row) {
  return known(memory, row).url?.startsWith('wss:') ?? false;
}

function number(value) {
  return value.toLocaleString('en');
}

function percent(part, whole) {
  return `${(100 * part / whole).toFixed(1)} %`;
}
