// What is known of each connection, gathered from its rows as they come, so that clearing the timeline forgets none of it.

import { toHex } from '../wire/bytes.js';

/** Connections of which facts are kept; those that have ended go first. */
const MAX_CONNECTIONS = 64;

/** Messages that wait for their echo. */
const MAX_WAITING = 100;

/** So much of a payload, with its length, tells it from another. */
const PRINTED = 64;

const ECHO = 'Echo: ';

const encoder = new TextEncoder();

/**
 * Facts: `{ connection, client, url, opened, byUs, close, status, answer, ended, broken, frames: { sent, received },
 * messages: { sent, received }, wireBytes, payloadBytes, rtt }`; what has not happened is null.
 */
export class Connections {
  #facts = new Map();

  constructor(lab) {
    lab.subscribe((row) => this.#heard(row.kind === 'update' ? row.row : row, row.kind === 'update'));
  }

  of(connection) {
    return this.#facts.get(connection) ?? null;
  }

  all() {
    return [...this.#facts.values()];
  }

  #heard(row, again) {
    if (row.kind === 'cleared' || row.connection === null) {
      return;
    }
    const facts = this.#of(row);
    if (row.kind === 'handshake') {
      Object.assign(facts, { status: row.status, answer: row.response, handshake: row });
    } else if (!again) {
      ({ event: onEvent, frame: onFrame, ended: onEnded })[row.kind]?.(facts, row);
    }
  }

  #of({ connection, client }) {
    if (!this.#facts.has(connection)) {
      this.#facts.set(connection, fresh(connection, client));
      if (this.#facts.size > MAX_CONNECTIONS) {
        const all = this.all();
        this.#facts.delete((all.find(({ close, ended }) => close !== null || ended !== null) ?? all[0]).connection);
      }
    }
    return this.#facts.get(connection);
  }
}

function fresh(connection, client) {
  return {
    connection, client, url: null, opened: false, byUs: false, close: null, status: null, answer: null, handshake: null,
    ended: null, broken: null, frames: { sent: 0, received: 0 }, messages: { sent: 0, received: 0 },
    wireBytes: 0, payloadBytes: 0, rtt: null, waiting: [],
  };
}

function onEvent(facts, { name, detail, at }) {
  switch (name) {
    case 'new WebSocket':
      facts.url = detail.url;
      break;
    case 'onopen':
      facts.opened = true;
      break;
    case 'send':
      facts.messages.sent++;
      if (facts.waiting.length < MAX_WAITING) {
        facts.waiting.push({ print: printOf(detail.data), at });
      }
      break;
    case 'onmessage':
      facts.messages.received++;
      measure(facts, detail.data, at);
      break;
    case 'close':
      facts.byUs ||= facts.close === null;
      break;
    case 'onclose':
      facts.close = detail;
      facts.waiting = [];
      break;
    default:
  }
}

/** The round trip, where what came is what was sent, or the tutorial's `Echo: ` and what was sent. */
function measure(facts, data, at) {
  if (facts.waiting.length === 0) {
    return;
  }
  const prints = [printOf(data), ...(typeof data === 'string' && data.startsWith(ECHO) ? [printOf(data.slice(ECHO.length))] : [])];
  const place = facts.waiting.findIndex(({ print }) => prints.includes(print));
  if (place >= 0) {
    facts.rtt = at - facts.waiting[place].at;
    facts.waiting.splice(0, place + 1);
  }
}

/** The same for two equal payloads; it does not hold on to them. */
function printOf(data) {
  const head = typeof data === 'string' ? encoder.encode(data.slice(0, PRINTED)) : data.subarray?.(0, PRINTED) ?? new Uint8Array();
  return `${typeof data === 'string'} ${data.length ?? data.size} ${toHex(head)}`;
}

function onFrame(facts, row) {
  facts.frames[row.direction]++;
  const header = row.frame?.headerLength ?? row.length;
  facts.wireBytes += row.length;
  facts.payloadBytes += Math.max(row.length - header, 0);
  if (row.broken) {
    facts.broken ??= row;
  }
}

function onEnded(facts, row) {
  facts.ended = row;
}
