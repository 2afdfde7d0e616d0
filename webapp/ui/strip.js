// The top strip: where the chosen client connects, the state of its connection, and what it costs.

import { find } from './dom.js';
import { attempt, onSubmit, voiceOf } from './form.js';

const count = new Intl.NumberFormat('en');

/** The address bar. `submit(url, protocols)` may throw a Problem; `onclient(name)` hears the choice of A or B. */
export function connectForm({ endpoints, submit, onclient }) {
  const url = find('#url');
  const says = voiceOf(url, find('#url-problem'));
  find('#endpoints').append(...endpoints.map(({ url: value, label }) => new Option(label, value)));
  onSubmit(find('#connect-form'), () =>
    attempt(says, () => submit(url.value, splitProtocols(find('#protocols').value))));
  url.addEventListener('input', () => says(''));
  find('#clients').addEventListener('change', ({ target }) => onclient(target.value));
  return { says };
}

/** Subprotocols as typed, by comma or space. */
export function splitProtocols(text) {
  return text.split(/[\s,]+/).filter(Boolean);
}

/**
 * Shows the client's state and the facts of its newest connection, which may be null; `frames`: whether its frames are seen,
 * `missed`: whether they would be, had it been opened later.
 */
export function showConnection(state, facts, { frames, missed }) {
  const pill = find('#state');
  if (pill.textContent !== state) {
    pill.textContent = state;
    pill.dataset.state = state;
    find('#connect').textContent = state === 'CLOSED' || state === 'CLOSING' ? 'Connect' : 'Disconnect';
  }
  const counted = (frames ? facts?.frames : facts?.messages) ?? { sent: 0, received: 0 };
  set('#count-up', count.format(counted.sent));
  set('#count-down', count.format(counted.received));
  set('#not-seen', missed && state === 'OPEN' ? 'frames of this connection are not seen: connect again' : '');
  set('#rtt', facts?.rtt == null ? '–' : milliseconds(facts.rtt));
  set('#overhead', facts && facts.wireBytes > 0 ? share(facts) : '–');
}

/** In milliseconds with what a browser's clock can tell, which is a tenth. */
export function milliseconds(time) {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
}

function share({ wireBytes, payloadBytes }) {
  const share = (wireBytes - payloadBytes) / wireBytes * 100;
  return `${share < 10 ? share.toFixed(1) : Math.round(share)} %`;
}

function set(selector, text) {
  const place = find(selector);
  if (place.textContent !== text) {
    place.textContent = text;
  }
}
