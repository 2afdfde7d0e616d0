// Break it: the server's faults as cards. What happens, what the standard says, and one button.

import { button, element, find } from './dom.js';

/** Fills the panel from the server's own table, once. `onbreak(fault)` hears the press of a card's button. */
export async function breakIt({ watching, table, onbreak }) {
  const panel = find('#break-panel');
  if (watching === null || watching.faults !== true) {
    panel.replaceChildren(element('p', 'hint', 'This server does not misbehave on request: it was started without faults, or it is an app '
      + 'server. wscratch serve has them, unless --no-faults switches them off.'));
    return;
  }
  const answer = await fetch(table);
  if (!answer.ok) {
    throw new Error(`expected 200 from ${table}, got ${answer.status}.`);
  }
  const faults = await answer.json();
  const query = element('input');
  Object.assign(query, { type: 'search', placeholder: `find among ${faults.length}`, spellcheck: false });
  query.setAttribute('aria-label', 'Find a fault');
  const cards = faults.map((fault) => card(fault, onbreak));
  query.addEventListener('input', () => {
    const wanted = query.value.trim().toLowerCase();
    cards.forEach((one) => {
      one.hidden = !one.textContent.toLowerCase().includes(wanted);
    });
  });
  panel.replaceChildren(
    element('div', 'panel-head', element('p', 'hint', 'The server does wrong on purpose, only to you. Watch what your browser makes of it.'), query),
    element('ul', 'cards', ...cards),
  );
}

function card(fault, onbreak) {
  const act = button('Break it', () => onbreak(fault));
  act.setAttribute('aria-label', `Break it: ${fault.id}`);
  return element('li', 'fault',
    element('h3', '', element('code', '', fault.id)),
    element('p', '', fault.does),
    element('p', 'hint', fault.client),
    element('div', 'action', element('span', 'section', fault.rfc.replace(/(RFC \d+) (?=\d)/g, '$1 §')), act));
}
