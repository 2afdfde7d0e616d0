// Which rows the timeline shows: chosen by a filter, repeated pings and pongs folded into one.

import { Problem } from '../problem.js';
import { describe } from './describe.js';

const PING = 9;
const PONG = 10;
const FIRST_CONTROL = 8;

/** As many pings and pongs in a row stay as they are: one question with its answer. */
const UNFOLDED = 2;

const isControl = ({ kind, frame }) => kind === 'frame' && frame !== null && frame.opcode >= FIRST_CONTROL;
const isHeartbeat = ({ kind, frame }) => kind === 'frame' && (frame?.opcode === PING || frame?.opcode === PONG);

/** By name, in the order of the buttons. */
export const FILTERS = {
  All: () => true,
  Sent: ({ direction }) => direction === 'sent',
  Received: ({ direction }) => direction === 'received',
  Control: isControl,
  Events: ({ kind }) => kind !== 'frame' && kind !== 'bytes',
};

/** What a typed query means for a row: a part of its line, or a regular expression between slashes. Throws a Problem. */
export function parseQuery(typed) {
  const text = typed.trim();
  if (text === '') {
    return () => true;
  }
  const expression = text.match(/^\/(.+)\/(i?)$/);
  if (expression === null) {
    const wanted = text.toLowerCase();
    return (row) => lineOf(row).toLowerCase().includes(wanted);
  }
  try {
    const pattern = new RegExp(expression[1], expression[2]);
    return (row) => pattern.test(lineOf(row));
  } catch (error) {
    throw new Problem(`${text} is no regular expression: ${error.message}`);
  }
}

function lineOf(row) {
  const { name, text } = describe(row);
  return `${name} ${text}`;
}

/** Items `{ row }`, or `{ row, folded }`, `folded` being the rows behind the one line; those in `open` are shown as well. */
export function itemsOf(rows, keep, open) {
  const items = [];
  let run = [];
  const endRun = () => {
    if (run.length > UNFOLDED) {
      items.push({ row: run[0], folded: run });
    }
    if (run.length <= UNFOLDED || open.has(run[0].id)) {
      items.push(...run.map((row) => ({ row })));
    }
    run = [];
  };
  for (const row of rows) {
    if (!keep(row)) {
      continue;
    }
    if (run.length > 0 && !(isHeartbeat(row) && row.connection === run[0].connection)) {
      endRun();
    }
    if (isHeartbeat(row)) {
      run.push(row);
    } else {
      items.push({ row });
    }
  }
  endRun();
  return items;
}

export function pingsIn(rows) {
  return rows.filter(({ frame }) => frame.opcode === PING).length;
}
