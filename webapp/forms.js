// The three forms: what they read from the person, and how they say what is wrong with it.

import { MAX_REASON_BYTES, parseCode, parseReason, reasonBytes } from './closecode.js';
import { parseHex } from './payload.js';
import { Problem } from './problem.js';

const find = (selector) => document.querySelector(selector);

/** The address bar, filled with the first endpoint. `submit(typed)` may throw a Problem. */
export function connectForm({ endpoints, submit }) {
  const url = find('#url');
  const says = voiceOf(url, find('#url-problem'));
  url.value = endpoints[0].url;
  find('#endpoints').append(...endpoints.map(({ url: value, label }) => new Option(label, value)));
  onSubmit(find('#connect-form'), () => attempt(says, () => submit(url.value)));
  url.addEventListener('input', () => says(''));
}

/** The composer. `send(data)` gets a string or bytes, and may throw a Problem. */
export function sendForm({ send }) {
  const form = find('#send-form');
  const message = find('#message');
  const says = voiceOf(message, find('#message-problem'));
  const isBinary = () => form.elements.kind.value === 'binary';
  onSubmit(form, () => attempt(says, () => {
    send(isBinary() ? parseHex(message.value) : message.value);
    // Typing replaces what was sent; Enter sends it again.
    message.select();
  }));
  message.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('input', () => {
    says('');
    message.placeholder = isBinary() ? '00 ff 10' : '';
  });
}

/** Code and reason. `close(code, reason)` may throw a Problem. */
export function closeForm({ close }) {
  const form = find('#close-form');
  const code = find('#code');
  const reason = find('#reason');
  const codeSays = voiceOf(code, find('#code-problem'));
  const reasonSays = voiceOf(reason, find('#reason-problem'));
  onSubmit(form, () => {
    const number = attempt(codeSays, () => parseCode(code.value));
    const text = attempt(reasonSays, () => parseReason(reason.value));
    if (number !== undefined && text !== undefined) {
      attempt(codeSays, () => close(number, text));
    }
  });
  form.addEventListener('input', () => {
    codeSays('');
    reasonSays('');
    find('#reason-size').textContent = `${reasonBytes(reason.value)} of ${MAX_REASON_BYTES} bytes`;
  });
}

function onSubmit(form, action) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    action();
  });
}

/** The value of `action`; or undefined after its Problem, or the browser's own refusal, was said. */
function attempt(says, action) {
  says('');
  try {
    return action();
  } catch (problem) {
    if (!(problem instanceof Problem || problem instanceof DOMException)) {
      throw problem;
    }
    says(problem.message);
    return undefined;
  }
}

/** Says what is wrong with a field beside it; the empty string means nothing is. */
function voiceOf(field, place) {
  return (problem) => {
    place.textContent = problem;
    field.setAttribute('aria-invalid', String(problem !== ''));
  };
}
