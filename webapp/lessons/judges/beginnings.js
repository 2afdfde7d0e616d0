// What must be seen on the wire for lessons 1 to 4.

import { acceptOf } from '../../wire/sha1.js';
import { addresses, append, endings, failed, isAt, known, note } from '../memory.js';
import { BINARY, headOf, hexOf, isEvent, isFrame, isOwn, printOf, sizeOf, TEXT, textOf } from '../rows.js';

/** As many polls, and as many messages, make the point. */
const NEWS = 10;

/** Texts longer than this are not shown whole. */
const SHOWN = 40;

export const BEGINNING_JUDGES = {
  1: {
    remember: (memory, row) =>
      isOwn(row, TEXT, BINARY) ? note(memory, row, { sent: append(known(memory, row).sent, printOf(row)), last: textOf(row) }) : memory,
    steps: [
      {
        id: 'up',
        label: 'your message, going up',
        sees: (row) => (isOwn(row, TEXT, BINARY) && row.frame.masked
          ? { text: `${shown(row)} went up in ${row.length} bytes`, bytes: hexOf(row.bytes) } : null),
      },
      {
        id: 'down',
        label: 'the same, coming down',
        sees: (row, memory) => (isEcho(row, known(memory, row))
          ? { text: `${shown(row)} came down in ${row.length}`, bytes: hexOf(row.bytes) } : null),
      },
    ],
  },
  2: {
    remember: countNews,
    steps: [
      {
        id: 'polled',
        label: 'ten polls, answered',
        so: ({ polls = 0 }) => `${Math.min(polls, NEWS)} of ${NEWS}`,
        sees: (row, { polls = 0, pollBytes }) =>
          row.name === 'poll' && polls >= NEWS ? { text: `${polls} polls moved ${number(pollBytes)} bytes` } : null,
      },
      {
        id: 'pushed',
        label: 'ten messages that came by themselves',
        so: ({ pushes = 0 }) => `${Math.min(pushes, NEWS)} of ${NEWS}`,
        sees: (row, { pushes = 0, pushBytes }, seen, { frames }) =>
          pushes < NEWS ? null : { text: `${pushes} messages came${frames ? ` in ${number(pushBytes)} bytes` : ''}` },
      },
    ],
  },
  3: {
    steps: [
      {
        id: 'asked',
        label: 'a request to change the protocol',
        sees: (row) => (isUpgrade(row)
          ? { text: headOf(row.request).start, bytes: `Upgrade: ${headOf(row.request).header('upgrade')}` } : null),
      },
      {
        id: 'answered',
        label: 'the answer 101',
        sees: (row) => (isUpgrade(row) && row.status === 101 ? { text: headOf(row.response).start } : null),
      },
    ],
  },
  4: {
    remember: endings,
    steps: [
      {
        id: 'good',
        label: 'an answer that fits its key',
        sees: (row) => (answers(row) && fits(row) ? { text: 'the answer is what you compute', bytes: accept(row) } : null),
      },
      {
        id: 'bad',
        label: 'an answer to some other key',
        sees: (row) => (answers(row) && !fits(row)
          ? { text: `${accept(row)} is wrong: this key’s answer is ${acceptOf(key(row))}` } : null),
      },
      {
        id: 'refused',
        label: 'the browser, refusing it',
        sees: (row, memory) =>
          isEvent(row, 'onclose') && failed(known(memory, row)) && !known(memory, row).opened && isWrong(known(memory, row))
            ? { text: `no onopen; onclose says ${row.detail.code}` }
            : null,
      },
    ],
  },
};

function shown(row) {
  const text = textOf(row);
  return row.frame.opcode === BINARY ? `${number(sizeOf(row))} bytes` : `“${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}”`;
}

/** `/echo` gives the same back, `/` with “Echo: ” before it. */
function isEcho(row, { sent = [], last }) {
  return isFrame(row, 'received', TEXT, BINARY) && (sent.includes(printOf(row)) || textOf(row) === `Echo: ${last}`);
}

/** Only `/talk` tells its time unasked: an echo may say the same. */
function countNews(before, row, { frames }) {
  if (row.name === 'poll') {
    const { requestBytes, responseBytes } = row.detail;
    return { ...before, polls: (before.polls ?? 0) + 1, pollBytes: (before.pollBytes ?? 0) + requestBytes + responseBytes };
  }
  const memory = addresses(before, row);
  if (!isAt(memory, row, '/talk')) {
    return memory;
  }
  const news = frames ? isFrame(row, 'received', TEXT) && isTime(textOf(row)) : isEvent(row, 'onmessage') && isTime(row.detail.data);
  return news ? { ...memory, pushes: (memory.pushes ?? 0) + 1, pushBytes: (memory.pushBytes ?? 0) + (row.length ?? 0) } : memory;
}

function isTime(text) {
  return typeof text === 'string' && text.includes('"type":"time"');
}

function isUpgrade(row) {
  return row.kind === 'handshake' && headOf(row.request).header('upgrade')?.toLowerCase() === 'websocket';
}

function answers(row) {
  return row.kind === 'handshake' && row.status === 101 && key(row) !== null && accept(row) !== null;
}

function fits(row) {
  return accept(row) === acceptOf(key(row));
}

function key(row) {
  return headOf(row.request).header('sec-websocket-key');
}

function accept(row) {
  return headOf(row.response).header('sec-websocket-accept');
}

function isWrong({ url = '' }) {
  return url.includes('/fault/bad-accept');
}

function number(value) {
  return value.toLocaleString('en');
}
