// What must be seen on the wire for lessons 15 to 17.

import { endings, failed, known, note } from '../memory.js';
import { closeCodeOf, headOf, hexOf, isEvent, isFrame, CLOSE, PING } from '../rows.js';

const FAULTS = 3;

const ORDINALS = ['a fault, refused', 'another one', 'and a third'];

export const FAILING_JUDGES = {
  15: {
    remember: faults,
    steps: ORDINALS.map((label, i) => ({
      id: String(i + 1),
      label,
      sees: (row, memory) => {
        const refused = refusedFaults(memory);
        if (refused.length <= i) {
          return null;
        }
        const { broken, end, bytes } = refused[i];
        return { text: `${words(broken)}; onclose said ${end.code}`, bytes };
      },
    })),
  },
  16: {
    remember: limits,
    steps: [
      {
        id: 'big',
        label: 'Close 1009, for a message too big',
        sees: (row, memory, seen, { frames }) => closedWith(row, 1009, frames, known(memory, row), 'tooBig'),
      },
      {
        id: 'fast',
        label: 'Close 1008, for too many pings',
        sees: (row, memory, seen, { frames }) => closedWith(row, 1008, frames, known(memory, row), 'pinged'),
      },
    ],
  },
  17: {
    remember: (memory, row) => {
      const before = endings(memory, row);
      return row.kind === 'handshake' && row.status === 101 ? note(before, row, { stranger: isStranger(row) }) : before;
    },
    steps: [
      {
        id: 'chosen',
        label: 'one that you offered, chosen',
        sees: (row, memory, seen, { frames }) => {
          if (row.kind === 'handshake' && row.status === 101 && offered(row).includes(chosen(row))) {
            return { text: `offered ${offered(row).join(', ')}; chosen ${chosen(row)}` };
          }
          return !frames && isEvent(row, 'onopen') && row.detail.protocol ? { text: `chosen ${row.detail.protocol}` } : null;
        },
      },
      {
        id: 'refused',
        label: 'one that you did not offer, refused',
        sees: (row, memory) => {
          const { stranger, opened, end } = known(memory, row);
          return stranger && !opened && end && failed({ end }) ? { text: `the server chose ${stranger}; the browser did not open` } : null;
        },
      },
    ],
  },
};

/** Remembers `broken` and `bytes` of the frame that broke a rule, by connection. */
function faults(memory, row) {
  const before = endings(memory, row);
  if (row.kind === 'frame' && row.direction === 'received' && row.broken && row.client !== 'partner') {
    return note(before, row, { broken: row.broken, bytes: hexOf(row.bytes) });
  }
  return before;
}

/** What is known of the connections on which a fault was not let pass, one for each rule. */
function refusedFaults(memory) {
  const rules = new Set();
  return Object.values(memory).filter(({ broken, end }) => {
    const counts = broken && end && failed({ end }) && !rules.has(broken) && rules.size < FAULTS;
    return counts && rules.add(broken);
  });
}

/** RESERVED_BIT_SET as words. */
function words(rule) {
  return rule.toLowerCase().replaceAll('_', ' ');
}

/** Remembers `tooBig`, `pinged` (by the partner) and `closed`, the code of the server's Close frame, with its `bytes`. */
function limits(memory, row) {
  if (row.kind === 'frame' && row.direction === 'sent' && row.broken === 'MESSAGE_TOO_BIG') {
    return note(memory, row, { tooBig: true });
  }
  if (row.client === 'partner' && isFrame(row, 'sent', PING) && !known(memory, row).pinged) {
    return note(memory, row, { pinged: true });
  }
  return isFrame(row, 'received', CLOSE) ? note(memory, row, { closed: closeCodeOf(row), bytes: hexOf(row.bytes) }) : memory;
}

/** Closed for this cause: one may close with any code by hand. Which of the two is told first is not certain. */
function closedWith(row, code, frames, facts, cause) {
  if (frames) {
    return facts.closed === code && facts[cause] ? { text: `the server says ${code}`, bytes: facts.bytes } : null;
  }
  return isEvent(row, 'onclose') && row.detail.code === code ? { text: `onclose says ${code}` } : null;
}

function offered(row) {
  return (headOf(row.request).header('sec-websocket-protocol') ?? '').split(',').map((name) => name.trim()).filter(Boolean);
}

function chosen(row) {
  return headOf(row.response).header('sec-websocket-protocol');
}

/** The subprotocol that the server chose though nobody offered it, or null. */
function isStranger(row) {
  const name = chosen(row);
  return name !== null && !offered(row).includes(name) ? name : null;
}
