// A handshake: each line of the request and of the answer with its sentence, and how the accept key is made of the key.

import { element } from '../ui/dom.js';
import { latin1, toHex, utf8 } from '../wire/bytes.js';
import { explainHandshake } from '../wire/explainhandshake.js';
import { acceptOf, GUID, sha1 } from '../wire/sha1.js';
import { sectionLink } from './explanation.js';
import { header } from './samein.js';

/** Characters of a refusal's body. */
const SHOWN_BODY = 2000;

export class HandshakeView {
  #place;
  #words;

  constructor(place, { words }) {
    this.#place = place;
    this.#words = words;
  }

  show(row) {
    const refused = row.status !== null && row.status !== undefined && row.status !== 101;
    this.#place.replaceChildren(
      element('p', 'meaning', meaningOf(row)),
      this.#head('Request', row.request),
      ...(row.response ? [this.#head(refused ? 'Answer: refused' : 'Answer', row.response)] : [element('p', 'hint', 'No answer yet.')]),
      ...accept(row));
  }

  /** A line of the head in each item, its pieces explained below it; line ends are not worth a sentence each. */
  #head(name, bytes) {
    const text = latin1(bytes);
    const end = text.indexOf('\r\n\r\n');
    const head = end < 0 ? bytes : bytes.subarray(0, end + 4);
    const items = [];
    for (const piece of explainHandshake(this.#words, head)) {
      const shown = text.slice(piece.offset, piece.offset + piece.length);
      if (piece.label === this.#words.pieces.LINE_END.label) {
        continue;
      }
      items.push(element('li', '',
        element('code', 'b-http', /\S/.test(shown) ? visible(shown.trimEnd()) : '⏎'),
        element('span', '', `${piece.sentence} `, sectionLink(piece.section))));
    }
    const list = element('ol', 'head-list', ...items);
    const body = end < 0 ? '' : text.slice(end + 4);
    return element('section', '', element('h3', '', name), list, ...(body === '' ? [] : [element('pre', 'body', visible(body.slice(0, SHOWN_BODY), true) + (body.length > SHOWN_BODY ? '…' : ''))]));
  }
}

/** Control characters by their number, so that nothing hides; line ends may stay. */
function visible(text, lines = false) {
  return text.replace(lines ? /[^\P{Cc}\n]/gu : /\p{Cc}/gu, (c) => (c === '\r' && lines ? '' : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`));
}

function meaningOf({ status, response, partner }) {
  const who = partner ? 'The partner, a client on the server’s side,' : 'The browser';
  if (!response) {
    return `${who} asks for a WebSocket.`;
  }
  return status === 101
    ? `${who} asked for a WebSocket in HTTP, and the server agreed: 101. From here on, frames.`
    : `${who} asked for a WebSocket, and the server answered ${status ?? 'no HTTP'} instead of 101.`;
}

/** Key, key + GUID, SHA-1, base64, and whether the answer has it. */
function accept({ request, response }) {
  const key = header(latin1(request), 'sec-websocket-key');
  if (key === '') {
    return [];
  }
  const wanted = acceptOf(key);
  const got = response ? header(latin1(response), 'sec-websocket-accept') : '';
  const verdict = got === '' ? 'The answer has none.' : got === wanted ? '✓ The answer has the same.' : `✗ The answer has ${got}.`;
  const steps = [
    ['The key', key],
    ['with the fixed text behind it', key + GUID],
    ['hashed with SHA-1', toHex(sha1(utf8(key + GUID)))],
    ['in base64: what the server must answer', wanted],
  ];
  const list = element('ol', 'accept-steps', ...steps.map(([name, value]) => element('li', '', element('span', '', name), element('code', '', value))));
  const end = element('p', got === wanted ? 'accept-good' : got === '' ? 'hint' : 'accept-bad', `${verdict} `, sectionLink('RFC 6455 4.2.2'));
  return [element('section', 'accept', element('h3', '', 'From key to accept'), list, end)];
}
