// Keys of one letter, for those who want them.

import { find } from './dom.js';

const STORE = 'wscratch.keys';

/** `actions` by key. They rest while a person types, and where the keys are switched off. */
export function shortcuts(actions) {
  const on = find('#keys-on');
  on.checked = stored() !== 'off';
  on.addEventListener('change', () => store(on.checked ? 'on' : 'off'));
  document.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    const typing = target.closest('textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])') !== null;
    if (on.checked && !typing && !ctrlKey && !metaKey && !altKey && actions[key] !== undefined) {
      event.preventDefault();
      actions[key]();
    }
  });
}

function stored() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    // Storage is denied: the keys are on, as at first.
    return null;
  }
}

function store(value) {
  try {
    localStorage.setItem(STORE, value);
  } catch {
    // Storage is denied: the choice holds until the page is left.
  }
}
