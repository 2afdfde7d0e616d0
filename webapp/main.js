// The page: one connection, its log, and the forms that act on it.

import { endpointsOf, parseAddress, talkUrl } from './address.js';
import { explainClose } from './closecode.js';
import { Connection } from './connection.js';
import { closeForm, connectForm, sendForm } from './forms.js';
import { Log } from './log.js';
import { describePayload } from './payload.js';
import { Problem } from './problem.js';
import { talkForm } from './talkform.js';

const GREETING = 'Hello from client!';

/** `?auto=0` opens the page without connecting. */
const auto = new URLSearchParams(location.search).get('auto') !== '0';

const endpoints = endpointsOf(location.href);
const log = new Log();
const totals = { sent: 0, received: 0 };
let url = '';

const connection = new Connection({
  onstate: showState,
  onopen() {
    log.add({ side: 'event', name: 'onopen', text: url });
    if (auto) {
      sendMessage(GREETING);
    }
  },
  onmessage({ data }) {
    totals.received++;
    logMessage('received', 'onmessage', data);
  },
  onerror() {
    log.add({ side: 'failure', name: 'onerror', note: 'The browser tells a page no more than that it failed.' });
  },
  onclose(end) {
    const text = `code ${end.code}, reason ${JSON.stringify(end.reason)}, wasClean ${end.wasClean}`;
    log.add({ side: end.wasClean ? 'event' : 'failure', name: 'onclose', text, note: explainClose(end) });
  },
});

function connect(address) {
  url = address;
  document.querySelector('#code-url').textContent = url;
  log.add({ side: 'event', name: 'new WebSocket', text: url });
  connection.open(url);
}

function sendMessage(data) {
  if (connection.state !== 'OPEN') {
    throw new Problem(`Not sent: the connection is ${connection.state}, and only an OPEN one sends. Try: Connect.`);
  }
  connection.send(data);
  totals.sent++;
  logMessage('sent', 'send', data);
}

function close(code, reason) {
  if (connection.state === 'CLOSED') {
    throw new Problem('There is nothing to close: the connection is CLOSED. Try: Connect.');
  }
  log.add({ side: 'sent', name: 'close', text: `code ${code}, reason ${JSON.stringify(reason)}` });
  connection.close(code, reason);
}

function logMessage(side, name, data) {
  const { kind, shown, size } = describePayload(data);
  log.add({ side, name, text: shown, size: `${kind} · ${size}` });
  showTotals();
}

function showState(state) {
  for (const word of document.querySelectorAll('#states li')) {
    word.setAttribute('aria-current', String(word.textContent === state));
  }
  document.documentElement.dataset.state = state;
  document.querySelector('#connect').textContent = state === 'CLOSED' ? 'Connect' : 'Disconnect';
}

function showTotals() {
  document.querySelector('#totals').textContent = `↑ ${totals.sent}  ↓ ${totals.received}`;
}

connectForm({
  endpoints,
  submit(typed) {
    if (connection.state === 'CLOSED') {
      connect(parseAddress(typed, location.href));
    } else if (connection.state !== 'CLOSING') {
      close(1000, '');
    }
  },
});
sendForm({ send: sendMessage });
closeForm({ close });
talkForm({ url: talkUrl(location.href), log });
document.querySelector('#clear').addEventListener('click', () => log.clear());

showState(connection.state);
showTotals();
if (auto) {
  connect(endpoints[0].url);
}
