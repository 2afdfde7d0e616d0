// The first ten seconds: the page connects, says Hello, and shows the bytes of it.

import { find } from './dom.js';

const TEXT = 1;

/** Runs the story with `message` at `url`; `onframe(row)` hears the row of the sent frame. */
export async function tellStory({ lab, url, protocols, message, onframe }) {
  await lab.watch();
  const connection = lab.connect({ url, protocols });
  const unsubscribe = lab.subscribe((row) => {
    if (row.connection !== connection) {
      return;
    }
    if (row.name === 'onopen') {
      lab.send(message);
      if (!lab.sees(connection)) {
        say(`You sent ${letters(message)}. This server does not show its side, so here you see messages, and no frames.`);
        unsubscribe();
      }
    } else if (row.kind === 'frame' && row.direction === 'sent' && row.message === TEXT) {
      say(`You sent ${letters(message)}. ${row.length} bytes left your browser. Here is every one of them.`);
      find('#story-actions').hidden = false;
      onframe(row);
      unsubscribe();
    } else if (row.name === 'onclose') {
      say('The connection that was to show you its bytes did not come about. That is a first lesson, too:');
      unsubscribe();
    }
  });
}

/** The story is told once a person acts by themselves. */
export function endStory() {
  find('#story').hidden = true;
}

export function say(text) {
  find('#story-text').textContent = text;
}

function letters(message) {
  const length = [...message].length;
  return length === 1 ? '1 letter' : `${length} letters`;
}
