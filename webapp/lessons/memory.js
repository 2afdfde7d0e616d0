// What judges keep of the rows so far: facts by connection, bounded. Pure functions.

import { addressOf, BINARY, CLOSE, closeCodeOf, CONTINUATION, isEvent, isFrame, TEXT } from './rows.js';

/** More connections than a lesson has; the oldest are forgotten. */
const CONNECTIONS = 20;

/** More payloads than a lesson compares. */
const KEPT = 20;

/** Memory with these facts added to those of the row's connection. */
export function note(memory, row, facts) {
  const { [row.connection]: known, ...others } = memory;
  const names = Object.keys(others);
  for (const name of names.slice(0, Math.max(0, names.length - CONNECTIONS + 1))) {
    delete others[name];
  }
  return { ...others, [row.connection]: { ...known, ...facts } };
}

/** What is known of the row's connection. */
export function known(memory, row) {
  return memory[row.connection] ?? {};
}

/** A list with one more, at most `KEPT` of them. */
export function append(list, item) {
  return [...(list ?? []), item].slice(-KEPT);
}

/** Remembers `url`, the address of each connection, and `opened`, whether it had its onopen. */
export function addresses(memory, row) {
  const url = addressOf(row);
  if (url !== null) {
    return note(memory, row, { url });
  }
  return isEvent(row, 'onopen') ? note(memory, row, { opened: true }) : memory;
}

/** Whether the row's connection was opened with this path, below whatever the server's own path is. */
export function isAt(memory, row, path) {
  const { url } = known(memory, row);
  return url !== undefined && `${new URL(url).pathname}/`.includes(`${path}/`);
}

/** Also remembers `closes`, the Close frames in their order as `sent 1000`, and `end`, what onclose said. */
export function endings(memory, row) {
  const before = addresses(memory, row);
  if (row.kind === 'frame' && row.frame?.opcode === CLOSE) {
    const close = `${row.direction} ${closeCodeOf(row) ?? 'without a code'}`;
    return note(before, row, { closes: append(known(before, row).closes, close) });
  }
  return isEvent(row, 'onclose') ? note(before, row, { end: row.detail }) : before;
}

/** Whether the browser has given up on the connection: it did not open, or ended without a goodbye. */
export function failed(facts) {
  return facts.end !== undefined && !facts.end.wasClean;
}

/** Whether the row is the last frame of a data message, or all of it. */
export function endsMessage(row, direction) {
  return isFrame(row, direction, TEXT, BINARY, CONTINUATION) && row.frame.fin;
}
