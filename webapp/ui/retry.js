// What did not load is said where it would stand, with a button that tries again; the rest of the page works on.

import { button, element } from './dom.js';

/** The value of `load()`, after as many attempts as a person wants; `what` failed is said at the head of `place`. */
export async function withRetry(place, what, load) {
  for (;;) {
    try {
      return await load();
    } catch (problem) {
      // Also on the console, as it may be a mistake of the page's.
      console.error(problem);
      await asked(place, `${what} did not load: ${problem.message}`);
    }
  }
}

function asked(place, text) {
  return new Promise((resolve) => {
    const said = element('p', '', text);
    said.setAttribute('role', 'alert');
    const note = element('div', 'not-loaded', said, button('Retry', () => {
      note.remove();
      resolve();
    }));
    place.prepend(note);
  });
}
