// The chosen row where it is no frame: what the API said, and what it means.

import { explainClose } from '../ended.js';
import { bytesInWords, describe, hexOf } from './describe.js';
import { element, find } from './dom.js';

/** A megabyte would slow the page: the rest of a long payload is counted, not shown. */
const SHOWN_CHARACTERS = 2000;
const SHOWN_BYTES = 256;

const encoder = new TextEncoder();
const count = new Intl.NumberFormat('en');

/** What the API's words mean. */
const MEANING = {
  'new WebSocket': 'The page asks for a connection. The constructor returns at once; the handshake runs meanwhile.',
  onopen: 'The handshake is done: from here on the page may send.',
  send: 'The page hands a message over. send() returns at once; the browser makes a frame of it, masks it and writes it.',
  onmessage: 'A whole message has come, however many frames it took.',
  onerror: 'The connection failed. For a page’s safety the event says nothing else: a page could probe your network otherwise.',
  close: 'The page starts the closing handshake: the browser sends a Close frame and waits for the server’s.',
  onclose: 'The end, always exactly once.',
};

/** Shows an API event, the end, or bytes that are no frame. `facts` are those of its connection, or null. */
export function showDetail(row, facts) {
  const { name, text } = describe(row);
  const place = find('#detail');
  place.replaceChildren(
    element('h3', '', name),
    ...paragraphs(row, facts).map((one) => element('p', 'hint', one)),
    ...content(row, text),
  );
}

function paragraphs(row, facts) {
  switch (row.kind) {
    case 'event':
      return [MEANING[row.name], ...(row.name === 'onclose' && facts?.close ? [explainClose({ ...facts, ...facts.close })] : [])];
    case 'ended': {
      const { framesFromClient, framesFromServer, bytesFromClient, bytesFromServer } = row;
      return [
        'What the server saw of the end, which a browser does not tell.',
        `${count.format(framesFromClient)} frames and ${count.format(bytesFromClient)} bytes came from the client, `
        + `${count.format(framesFromServer)} frames and ${count.format(bytesFromServer)} bytes went to it.`,
      ];
    }
    case 'bytes':
      return ['Bytes that are neither a handshake nor a frame.'];
    default:
      return [];
  }
}

function content(row, text) {
  // A frame or a handshake comes here only where the words that explain it are missing.
  if (row.kind === 'bytes' || row.kind === 'frame') {
    return [...(row.kind === 'frame' ? [element('p', 'fact', element('bdi', '', text))] : []), element('pre', '', hexOf(row.bytes, 1024))];
  }
  const data = row.detail?.data;
  if (typeof data === 'string' || data instanceof Uint8Array) {
    return payload(data);
  }
  return text === '' ? [] : [element('p', 'fact', element('bdi', '', text))];
}

function payload(data) {
  const isText = typeof data === 'string';
  const shown = isText ? data.slice(0, SHOWN_CHARACTERS) + (data.length > SHOWN_CHARACTERS ? ' …' : '') : hexOf(data, SHOWN_BYTES);
  const size = bytesInWords(isText ? encoder.encode(data).length : data.length);
  return [element('p', 'hint', `${isText ? 'text' : 'binary'}, ${size}`), element('pre', '', element('bdi', '', shown))];
}
