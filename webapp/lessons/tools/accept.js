// Lesson 4: from the key to the answer, step by step, and a handshake with a key of one's own.

import { Problem } from '../../problem.js';
import { button, element } from '../../ui/dom.js';
import { fromBase64, toHex, utf8 } from '../../wire/bytes.js';
import { acceptOf, GUID, sha1 } from '../../wire/sha1.js';
import { headOf } from '../rows.js';

/** The key of RFC 6455 §1.3. */
const SAMPLE = 'dGhlIHNhbXBsZSBub25jZQ==';

/** A key is this many random bytes in base64 (RFC 6455 §4.1). */
const KEY_BYTES = 16;

export function acceptTool({ course, stage, attempt }) {
  const field = document.createElement('input');
  Object.assign(field, { type: 'text', id: 'lesson-key', value: SAMPLE, autocomplete: 'off', spellcheck: false });
  const label = element('label', '', 'Sec-WebSocket-Key');
  label.htmlFor = field.id;
  const steps = element('dl', 'terms');
  const show = () => steps.replaceChildren(...computed(field.value));
  field.addEventListener('input', show);
  show();
  const own = button('Take my connection’s key', () => attempt(() => {
    const key = newestKey(course);
    if (key === null) {
      throw new Problem('No handshake has been seen yet. Try: A right answer.');
    }
    field.value = key;
    show();
  }));
  const send = button('Let the partner send this key', () => attempt(() => handshake(stage, field.value)));
  return element('div', 'tool', label, field, steps, element('p', 'chips', own, send));
}

function computed(key) {
  const rows = [
    ['key + fixed text', key + GUID],
    ['SHA-1', toHex(sha1(utf8(key + GUID)))],
    ['base64: the answer', acceptOf(key)],
  ];
  const size = sizeOf(key);
  if (size !== KEY_BYTES) {
    rows.push(['but', size === null ? 'this key is not base64' : `this key is ${size} bytes, and a server wants ${KEY_BYTES}`]);
  }
  return rows.flatMap(([name, value]) => [element('dt', '', name), element('dd', '', element('code', '', value))]);
}

function sizeOf(key) {
  try {
    return fromBase64(key).length;
  } catch {
    // Not base64, which is what the caller asks.
    return null;
  }
}

async function handshake(stage, key) {
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Problem('The key goes into a header: expected up to 200 visible ASCII characters.');
  }
  await stage.lab.raw({ path: '/echo', key });
  return 'The partner’s handshake is in the timeline.';
}

function newestKey(course) {
  const row = course.lab.rows.findLast(({ kind, request }) => kind === 'handshake' && request);
  return row ? headOf(row.request).header('sec-websocket-key') : null;
}
