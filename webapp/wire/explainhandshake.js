// Says of each piece of a handshake, request or response, what it is (RFC 6455 §1.3, §4.1, §4.2); it judges nothing.

import { latin1 } from './bytes.js';
import { piece } from './piece.js';

/** A name as HTTP has them (RFC 9110 §5.6.2). */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** The pieces of a head, from its raw bytes, perhaps cut short; of the shape that `explainFrame` gives. */
export function explainHandshake(words, bytes) {
  const text = latin1(bytes);
  const pieces = [];
  let switching = false;
  for (let from = 0; from < text.length;) {
    const lf = text.indexOf('\n', from);
    const next = lf < 0 ? text.length : lf + 1;
    const end = lf < 0 ? next : lf > from && text[lf - 1] === '\r' ? lf - 1 : lf;
    if (end === from) {
      add(switching ? 'EMPTY_LINE_OF_101' : 'EMPTY_LINE', from, next);
    } else {
      if (from === 0) {
        explainFirstLine(text.slice(0, end));
      } else {
        explainHeader(from, end);
      }
      add('LINE_END', end, next);
    }
    from = next;
  }
  return pieces;

  function explainFirstLine(line) {
    const first = line.indexOf(' ');
    if (first < 0) {
      add('FIRST_LINE', 0, line.length);
      return;
    }
    const second = line.indexOf(' ', first + 1);
    const middle = second < 0 ? line.length : second;
    const firstWord = line.slice(0, first);
    if (text.startsWith('HTTP/')) {
      const status = line.slice(first + 1, middle);
      add('RESPONSE_VERSION', 0, first + 1, firstWord);
      switching = status === '101';
      add(switching ? 'STATUS_101' : 'STATUS_OTHER', first + 1, middle, status);
      add('REASON', middle, line.length);
    } else {
      add(firstWord === 'GET' ? 'METHOD_GET' : 'METHOD_OTHER', 0, first + 1, firstWord);
      add('TARGET', first + 1, middle);
      add('REQUEST_VERSION', middle, line.length);
    }
  }

  function explainHeader(from, end) {
    const line = text.slice(from, end);
    const name = line.includes(':') ? line.slice(0, line.indexOf(':')) : '';
    if (!TOKEN.test(name)) {
      add(name === '' ? 'NO_HEADER' : 'MALFORMED_HEADER', from, end);
      return;
    }
    const { sentence, section } = headerWords(words, name);
    pieces.push({ offset: from, length: end - from, label: name, sentence, section, bits: [] });
  }

  /** Nothing, if there are no bytes. */
  function add(name, from, to, value = '') {
    if (to > from) {
      pieces.push(piece(words, name, from, to - from, { text: value }));
    }
  }
}

/** What a header of this name says, and where that is laid down. */
export function headerWords(words, name) {
  const lower = name.toLowerCase();
  const { prefix, ofWebSocket, other } = words.otherHeaders;
  return Object.hasOwn(words.headers, lower)
    ? words.headers[lower]
    : lower.startsWith(prefix) ? ofWebSocket : other;
}
