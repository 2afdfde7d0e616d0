// The talk section: what can be asked of /talk, and what it answered.

import { Problem } from '../problem.js';
import { Talk } from '../talk.js';
import { find } from './dom.js';

const CLIENT = 'talk';

const count = new Intl.NumberFormat('en');

/** Connects only when something is asked, as a client of its own in the lab: the timeline shows what travels. */
export function talkForm({ url, lab }) {
  const live = find('#talk-live');
  const dial = (address, subprotocol) => {
    lab.connect({ url: address, protocols: [subprotocol], client: CLIENT });
    return lab.socket(CLIENT);
  };
  const talk = new Talk(url, {
    onsent: (data) => lab.sent(data, CLIENT),
    onreceived: () => {},
    ontime: ({ time }) => show(`Server time: ${new Date(time).toISOString()}`),
    onend: () => press(live, false),
  }, dial);

  find('#talk-form').inert = false;
  find('#talk-form').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(async () => show(`Echo: ${(await talk.echo(find('#talk-text').value)).text}`));
  });
  find('#talk-ping').addEventListener('click', () =>
    attempt(async () => show(`Round trip: ${(await talk.ping()).toFixed(1)} ms`)));
  live.addEventListener('click', () =>
    attempt(async () => press(live, (await talk.live(live.getAttribute('aria-pressed') !== 'true')).on)));
  find('#talk-file').addEventListener('change', ({ target }) => {
    const [file] = target.files;
    if (file) {
      attempt(() => send(talk, file));
    }
    // Or the same file, chosen again, would change nothing.
    target.value = '';
  });
  find('#talk-formats').addEventListener('change', ({ target }) => {
    talk.use(target.value);
    press(live, false);
  });
}

async function send(talk, file) {
  const bar = find('#talk-progress');
  bar.max = Math.max(file.size, 1);
  bar.value = 0;
  bar.hidden = false;
  const { name, size, sha256, lines } = await talk.file(file.name, file, (received) => {
    bar.value = received;
  });
  bar.value = bar.max;
  const text = lines === undefined ? '' : `, ${count.format(lines)} ${lines === 1 ? 'line' : 'lines'}`;
  show(`${name}: ${count.format(size)} bytes${text}, SHA-256 ${sha256}`);
}

async function attempt(action) {
  find('#talk-problem').textContent = '';
  try {
    await action();
  } catch (problem) {
    if (!(problem instanceof Problem)) {
      throw problem;
    }
    find('#talk-problem').textContent = problem.message;
  }
}

function press(button, pressed) {
  button.setAttribute('aria-pressed', String(pressed));
}

function show(result) {
  find('#talk-result').textContent = result;
}
