// The composer: what a person sends, and what the server is asked to send.

import { MAX_REASON_BYTES, parseCode, parseReason, reasonBytes } from '../closecode.js';
import { parseHex } from '../payload.js';
import { Problem } from '../problem.js';
import { toBase64 } from '../wire/bytes.js';
import { button, find } from './dom.js';
import { attempt, onSubmit, sendsOnEnter, voiceOf } from './form.js';
import { Tabs } from './tabs.js';

/** A control frame holds no more (RFC 6455 §5.5). */
const MAX_CONTROL = 125;

const MEBIBYTE = 1024 * 1024;

const encoder = new TextEncoder();

const CHIPS = {
  text: { Hello: () => 'Hello', 'é 🙂': () => 'é 🙂', '126 bytes': () => 'x'.repeat(126), '1 MiB': () => 'x'.repeat(MEBIBYTE) },
  json: { '{"type":"hi"}': () => '{"type":"hi"}', '[1, 2.5, null]': () => '[1, 2.5, null]' },
  binary: { '00 ff 10': () => Uint8Array.of(0, 255, 16), '64 KiB': () => new Uint8Array(65536), empty: () => new Uint8Array() },
};

/**
 * `send(data)`, `close(code, reason)` and `ask(command)` act for the chosen client and may throw a Problem; `ask` gives a
 * promise. Commands have no connection: `ask` knows it.
 */
export function composer({ send, close, ask }) {
  const tabs = new Tabs(find('#composer-tabs'));
  tabs.select('panel-text');
  textForm(send);
  jsonForm(send);
  binaryForm(send);
  pingForm(ask);
  fragmentsForm(ask);
  closeForm(close, ask);
  return tabs;
}

function textForm(send) {
  const message = find('#message');
  const says = voiceOf(message, find('#message-problem'));
  onSubmit(find('#send-form'), () => attempt(says, () => {
    send(message.value);
    // Typing replaces what was sent; Enter sends it again.
    message.select();
  }));
  sendsOnEnter(message);
  message.addEventListener('input', () => says(''));
  chips('text', says, send);
}

function jsonForm(send) {
  const json = find('#json');
  const says = voiceOf(json, find('#json-problem'));
  onSubmit(find('#json-form'), () => attempt(says, () => {
    parseJson(json.value);
    send(json.value);
  }));
  sendsOnEnter(json);
  json.addEventListener('input', () => attempt(says, () => parseJson(json.value)));
  find('#json-indent').addEventListener('click', () => attempt(says, () => {
    json.value = JSON.stringify(parseJson(json.value), null, 2);
    json.rows = Math.min(json.value.split('\n').length, 12);
  }));
  chips('json', says, send);
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(`Not JSON: ${error.message}`);
  }
}

function binaryForm(send) {
  const hex = find('#hex');
  const file = find('#file');
  const says = voiceOf(hex, find('#hex-problem'));
  onSubmit(find('#binary-form'), () => attempt(says, () => send(parseHex(hex.value))));
  sendsOnEnter(hex);
  hex.addEventListener('input', () => says(''));
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (chosen) {
      const bytes = new Uint8Array(await chosen.arrayBuffer());
      attempt(says, () => send(bytes));
    }
    // Or the same file, chosen again, would change nothing.
    file.value = '';
  });
  chips('binary', says, send);
}

function chips(name, says, send) {
  for (const [label, make] of Object.entries(CHIPS[name])) {
    find(`#chips-${name}`).append(button(label, () => attempt(says, () => send(make())), 'chip'));
  }
}

function pingForm(ask) {
  const payload = find('#ping-payload');
  const says = voiceOf(payload, find('#ping-problem'));
  const size = () => {
    find('#ping-size').textContent = `${encoder.encode(payload.value).length} of ${MAX_CONTROL} bytes`;
  };
  onSubmit(find('#ping-form'), () => attempt(says, () => {
    const bytes = encoder.encode(payload.value);
    if (bytes.length > MAX_CONTROL) {
      throw new Problem(`A ping holds at most ${MAX_CONTROL} bytes; this is ${bytes.length}. (RFC 6455 §5.5)`);
    }
    return ask({ type: 'ping', payload: toBase64(bytes) });
  }));
  payload.addEventListener('input', () => {
    says('');
    size();
  });
  size();
}

function fragmentsForm(ask) {
  const text = find('#fragments-text');
  const number = find('#fragments-count');
  const says = voiceOf(text, find('#fragments-problem'));
  onSubmit(find('#fragments-form'), () => attempt(says, () => {
    const wanted = Number(number.value);
    if (!(Number.isInteger(wanted) && wanted >= 1 && wanted <= 16)) {
      throw new Problem(`The server sends 1 to 16 frames; “${number.value}” is not among them.`);
    }
    return ask({ type: 'send', kind: 'text', parts: cut(encoder.encode(text.value), wanted).map(toBase64) });
  }));
}

/** In parts as even as can be; some are empty where there are fewer bytes than parts. */
function cut(bytes, parts) {
  return Array.from({ length: parts }, (_, i) =>
    bytes.subarray(Math.round(i * bytes.length / parts), Math.round((i + 1) * bytes.length / parts)));
}

/** `close()` without arguments is what sends an empty Close frame. */
function closeBy(close, code, reason) {
  return code === null ? close() : close(code, reason);
}

function closeForm(close, ask) {
  const form = find('#close-form');
  const code = find('#code');
  const reason = find('#reason');
  const codeSays = voiceOf(code, find('#code-problem'));
  const reasonSays = voiceOf(reason, find('#reason-problem'));
  const byServer = () => form.elements.by.value === 'server';
  onSubmit(form, () => {
    const number = attempt(codeSays, () => (byServer() ? Number(code.value.trim()) : parseCode(code.value)));
    const text = attempt(reasonSays, () => parseReason(reason.value, number));
    if (number !== undefined && text !== undefined) {
      attempt(codeSays, () => (byServer() ? ask({ type: 'close', code: number, reason: text }) : closeBy(close, number, text)));
    }
  });
  form.addEventListener('input', () => {
    codeSays('');
    reasonSays('');
    find('#reason-size').textContent = `${reasonBytes(reason.value)} of ${MAX_REASON_BYTES} bytes`;
  });
}
