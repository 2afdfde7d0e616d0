// Server view: what this page may know of the server, and of its own connections; nothing about other people.

import { bytesInWords } from './describe.js';
import { button, element, find, link } from './dom.js';

const count = new Intl.NumberFormat('en');

/** Draws the panel anew. `base` is the page's own address; `connections` are the facts of this page's connections. */
export function serverView({ watching, connections, base }) {
  const panel = find('#server-panel');
  const held = document.activeElement !== panel && panel.contains(document.activeElement);
  const again = button('Refresh', () => serverView({ watching, connections, base }));
  panel.replaceChildren(
    element('div', 'facts', said(watching), mine(connections.all()), elsewhere(watching, base, again)),
  );
  if (held) {
    again.focus();
  }
}

function said(watching) {
  const section = element('section', '', element('h3', '', 'This server'));
  if (watching === null) {
    section.append(element('p', 'hint', 'It has no inspector, so it says nothing of itself, and frames cannot be seen: only what the browser’s '
      + 'API tells. wscratch serve has one, unless --no-inspector switches it off.'));
    return section;
  }
  const { version, maxMessage, payload, controlRate, tls, faults, frames } = watching;
  section.append(terms([
    ['version', version],
    ['longest message', bytesInWords(maxMessage)],
    ['control frames', Number.isFinite(controlRate) ? `${count.format(controlRate)} in a second` : null],
    ['shown of a payload', frames ? bytesInWords(payload) : null],
    ['frames', frames ? 'seen' : 'cannot be seen below this app server'],
    ['wss', frames ? (Number.isInteger(tls) ? `port ${tls}` : 'off; try wscratch serve --tls-self-signed') : null],
    ['faults', faults ? 'on' : 'off'],
  ]));
  return section;
}

function mine(connections) {
  const section = element('section', '', element('h3', '', 'Your connections'));
  const rows = connections.map(({ connection, client, url, frames, messages, close, ended, opened }) => element('tr', '',
    element('td', '', `${connection} ${client}`), element('td', 'address', url ?? '–'),
    element('td', '', `↑${count.format(frames.sent || messages.sent)} ↓${count.format(frames.received || messages.received)}`),
    element('td', '', close ? String(close.code) : ended ? 'ended' : opened ? 'open' : '–')));
  section.append(rows.length === 0 ? element('p', 'hint', 'None yet.') : element('table', '',
    element('thead', '', element('tr', '', ...['', 'address', 'frames', 'end'].map((name) => {
      const head = element('th', '', name);
      head.scope = 'col';
      return head;
    }))), element('tbody', '', ...rows)));
  return section;
}

function elsewhere(watching, base, again) {
  const section = element('section', '', element('h3', '', 'Elsewhere on it'));
  if (watching?.frames === true) {
    section.append(element('p', 'chips', ...['health', 'metrics', ...(watching.faults ? ['fault'] : [])].map((path) => link(new URL(path, base), `/${path}`))));
  } else {
    section.append(element('p', 'hint', 'An app server has its own pages for health and metrics.'));
  }
  section.append(again);
  return section;
}

function terms(pairs) {
  return element('dl', 'terms', ...pairs.filter(([, value]) => value !== null && value !== undefined)
    .flatMap(([name, value]) => [element('dt', '', name), element('dd', '', value)]));
}
