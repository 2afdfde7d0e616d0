// A row in one line, as the timeline, the filter and the reader's ear get it.

import { toHex } from '../wire/bytes.js';
import { unmask } from '../wire/frame.js';
import { isLimit } from '../wire/limits.js';

const NAMES = { 0: 'continuation', 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' };
const TEXT = 1;
const CLOSE = 8;
const FIRST_CONTROL = 8;

/** A line has no use for more. */
const SHOWN_BYTES = 160;
const SHOWN_HEX = 24;

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const count = new Intl.NumberFormat('en');
const known = new WeakMap();

/** `{ tone, arrow, spoken, name, text, size }`; `tone` is sent, received, event or failure. Kept until `forget`. Never throws. */
export function describe(row) {
  let line = known.get(row);
  if (line === undefined) {
    line = { tone: row.direction ?? 'event', arrow: '•', spoken: 'event', name: row.kind, text: '', size: '', ...told(row) };
    known.set(row, line);
  }
  return line;
}

/** One row that cannot be told must not keep all the others from being drawn. */
function told(row) {
  try {
    return LINES[row.kind](row);
  } catch (problem) {
    console.error(problem);
    return { tone: 'failure', text: `this page cannot tell this row: ${problem.message}` };
  }
}

/** For a row that has changed. */
export function forget(row) {
  known.delete(row);
}

export function bytesInWords(bytes) {
  return `${count.format(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

export function hexOf(bytes, most = bytes.length) {
  const hex = toHex(bytes.subarray(0, most));
  return bytes.length > most ? `${hex} …` : hex;
}

/** The plain payload of a frame row as far as it is there, or null where it cannot be read. */
export function plainPayload({ frame, inflated }, most = Infinity) {
  if (frame === null) {
    return null;
  }
  if (inflated !== undefined) {
    return inflated.subarray(0, most);
  }
  const payload = frame.payload.subarray(0, most);
  return frame.key === null ? payload : unmask(payload, frame.key);
}

export function frameName({ frame }) {
  return frame === null ? 'cut frame' : NAMES[frame.opcode] ?? `opcode ${frame.opcode}`;
}

const LINES = { handshake, frame, event, bytes, ended, lost, note };

const ARROWS = { sent: { arrow: '↑', spoken: 'sent' }, received: { arrow: '↓', spoken: 'received' } };

function handshake({ request, requestLength, responseLength, status, response, partner }) {
  const target = decoder.decode(request.subarray(0, 2048)).match(/^\S+ ([^ ?]*)/)?.[1] ?? '?';
  const answer = response === null ? 'no answer yet' : decoder.decode(response.subarray(0, 200)).match(/^HTTP\/\S+ ([^\r\n]*)/)?.[1] ?? 'no HTTP';
  return {
    tone: status === 101 || response === null ? 'event' : 'failure',
    arrow: '⇄', spoken: 'both ways', name: partner ? 'handshake of the partner' : 'handshake',
    text: `GET ${target} → ${answer}`,
    size: `${count.format(requestLength + (responseLength ?? 0))} B`,
  };
}

function frame(row) {
  const { direction, frame: read, length, broken, cut } = row;
  return {
    ...ARROWS[direction],
    ...((broken || cut) && { tone: 'failure' }),
    name: frameName(row) + (read !== null && !read.fin && read.opcode !== 0 ? ' (first part)' : ''),
    text: broken ? `${isLimit(broken) ? 'beyond the limit' : 'breaks'} ${broken}` : frameText(row) + (cut ? ' (cut by the end)' : ''),
    size: `${count.format(length)} B`,
  };
}

function frameText(row) {
  const payload = plainPayload(row, SHOWN_BYTES);
  if (payload === null || payload.length === 0) {
    return '';
  }
  if (row.frame.opcode === CLOSE) {
    return closeText(payload);
  }
  if (row.frame.opcode < FIRST_CONTROL && row.inflated === undefined && row.compressed) {
    return `compressed ${hexOf(payload, SHOWN_HEX)}`;
  }
  return row.message === TEXT || row.frame.opcode > CLOSE ? asText(payload) : hexOf(payload, SHOWN_HEX);
}

function closeText(payload) {
  if (payload.length < 2) {
    return hexOf(payload);
  }
  const reason = payload.length > 2 ? ` ${quoted(decoder.decode(payload.subarray(2)))}` : '';
  return `${payload[0] << 8 | payload[1]}${reason}`;
}

/** In quotes if it is UTF-8, else in hex; of a longer payload the last character may be cut. */
function asText(payload) {
  try {
    // Anew each time: after a throw, or a cut, a decoder would go on in the middle.
    return quoted(new TextDecoder('utf-8', { fatal: true }).decode(payload, { stream: payload.length >= SHOWN_BYTES }));
  } catch {
    return hexOf(payload, SHOWN_HEX);
  }
}

function quoted(text) {
  return JSON.stringify(text);
}

function event({ name, detail, direction }) {
  const told = (EVENTS[name] ?? (() => ({})))(detail);
  return { ...(direction !== null && ARROWS[direction]), tone: 'event', name, ...told };
}

const EVENTS = {
  'new WebSocket': ({ url, protocols }) => ({ text: [url, ...protocols].join(' ') }),
  onopen: ({ protocol, extensions }) => ({ text: [protocol, extensions].filter(Boolean).join(' · ') }),
  onmessage: ({ data }) => dataLine(data),
  send: ({ data }) => dataLine(data),
  onerror: () => ({ tone: 'failure', text: 'the browser tells a page no more than that it failed' }),
  close: ({ code, reason }) => ({ text: code === undefined ? 'without a code' : `code ${code}, reason ${quoted(reason)}` }),
  onclose: ({ code, reason, wasClean }) => ({
    tone: wasClean ? 'event' : 'failure',
    text: `code ${code}, reason ${quoted(reason)}, wasClean ${wasClean}`,
  }),
};

function dataLine(data) {
  if (typeof data === 'string') {
    const shown = data.length > SHOWN_BYTES ? `${quoted(data.slice(0, SHOWN_BYTES))} …` : quoted(data);
    return { text: shown, size: `text · ${bytesInWords(encoder.encode(data).length)}` };
  }
  return data instanceof Uint8Array
    ? { text: hexOf(data, SHOWN_HEX), size: `binary · ${bytesInWords(data.length)}` }
    : { text: 'a Blob', size: bytesInWords(data.size ?? 0) };
}

function bytes({ direction, bytes: some, length }) {
  return { ...ARROWS[direction], tone: 'failure', name: 'no frame', text: hexOf(some, SHOWN_HEX), size: `${count.format(length)} B` };
}

function ended({ cause }) {
  return { arrow: '×', spoken: 'the server saw', name: 'TCP ended', text: cause };
}

function lost({ frames }) {
  const text = frames === 0 ? 'this connection: too many are watched already' : `${count.format(frames)} frames: this page was too slow for them`;
  return { tone: 'failure', name: 'not shown', text };
}

function note({ text }) {
  return { name: 'note', text };
}
