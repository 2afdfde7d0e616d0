// The page: the model, and the parts that show it and act on it.

import { endpointsOf, parseAddress } from './address.js';
import { Lab } from './lab/lab.js';
import { composer } from './ui/composer.js';
import { Connections } from './ui/connections.js';
import { Dock } from './ui/dock.js';
import { find } from './ui/dom.js';
import { Follow } from './ui/follow.js';
import { attempt } from './ui/form.js';
import { hasLesson, last } from './ui/last.js';
import { withRetry } from './ui/retry.js';
import { parseHash, parseQueryString } from './ui/route.js';
import { shortcuts } from './ui/shortcuts.js';
import { endStory, say, tellStory } from './ui/story.js';
import { connectForm, showConnection, splitProtocols } from './ui/strip.js';
import { Tabs } from './ui/tabs.js';
import { Timeline } from './ui/timeline.js';
import { WireView } from './ui/wireview.js';
import { loadWords } from './wire/words.js';

const GREETING = 'Hello';
const CONTROL = { close: 8, ping: 9 };
const FIRST_CONTROL = 8;

const wordsLoading = loadWords();
const lab = new Lab();
// For people at the console, and for tests.
globalThis.lab = lab;

const asked = parseQueryString(location.search);
const endpoints = endpointsOf(document.baseURI);
const connections = new Connections(lab);
const timeline = new Timeline(lab, { onselect: select });
const wire = new WireView({ lab, connections, onrow: showBytes });
const follow = new Follow(lab, (row) => timeline.select(row));
const views = new Tabs(find('#views'), { onchange: showView });
const dock = new Dock({ lab, connections, onbreak: (fault) => attempt(bar.says, () => breakIt(fault)), onrow: showFound });

/** A row that a lesson or a diagnosis points at; the story is of another. */
function showFound(row, byPerson = true) {
  endStory();
  timeline.select(row, byPerson);
}

function showView(view) {
  const held = document.activeElement;
  document.documentElement.dataset.view = view;
  if (view === 'dock' && getComputedStyle(find('#views')).display !== 'none') {
    dock.open();
  }
  // What had the focus may be in a part that is out of sight now.
  if (held !== document.body && held.getClientRects().length === 0) {
    find(`#${view} [tabindex="0"]`)?.focus();
  }
}

/** The words come first where they can; the rest of the page works without them. */
async function learn() {
  let first = wordsLoading;
  const load = () => {
    const words = first ?? loadWords();
    first = null;
    return words;
  };
  wire.learn(await withRetry(find('#words-problem'), 'The words that explain the bytes', load));
}
learn();
await wordsLoading.catch(() => {});

/** Where a returning visitor was, unless a link says where to go. */
const before = asked.url === null ? visited() : null;

function visited() {
  const visit = last();
  try {
    return visit === null ? null : { ...visit, url: parseAddress(visit.url, document.baseURI) };
  } catch {
    // No longer an address that this page may open.
    return null;
  }
}

/** The client that the strip and the composer speak of, and the addresses that were typed for each. */
let client = 'A';
const typed = {
  A: { url: asked.url ?? before?.url ?? endpoints[1].url, protocols: asked.protocols ?? before?.protocols ?? '' },
  B: { url: endpoints[1].url, protocols: '' },
};

function select(row, byPerson, toRead) {
  wire.show(row);
  if (byPerson) {
    endStory();
    awaited.forget();
  }
  if (toRead) {
    views.select('onwire');
  }
}

function showBytes(row) {
  timeline.select(row, true);
  wire.focus();
}

function actOn(connection, wanted) {
  endStory();
  follow.next((row) => row.connection === connection && wanted(row));
}

function send(data) {
  lab.send(data, client);
  const connection = lab.connectionOf(client);
  actOn(connection, lab.sees(connection)
    ? ({ kind, direction, frame }) => kind === 'frame' && direction === 'sent' && frame?.opcode < FIRST_CONTROL
    : ({ name }) => name === 'send');
}

function close(code, reason) {
  lab.close(code, reason, client);
  actOn(lab.connectionOf(client), isClose);
}

function ask(command) {
  const connection = lab.connectionOf(client);
  const wanted = { ping: isPing, close: isClose }[command.type] ?? (({ kind, direction }) => kind === 'frame' && direction === 'received');
  actOn(connection, wanted);
  return lab.ask({ ...command, connection: connection ?? 0 });
}

const isPing = ({ kind, frame }) => kind === 'frame' && frame?.opcode === CONTROL.ping;
const isClose = ({ kind, frame }) => kind === 'frame' && frame?.opcode === CONTROL.close;

async function connect(url, protocols) {
  const chosen = client;
  await lab.watch();
  // Connect may have been pressed twice, or during the story.
  if (isUnderway(chosen)) {
    return;
  }
  lab.connect({ url, protocols, client: chosen });
  if (chosen === 'A') {
    // The page's server may be gone by now: then nothing is remembered.
    import('./ui/remember.js').then(({ keep }) => keep({ url, protocols }, endpoints[1].url, lab), () => {});
  }
}

function isUnderway(chosen) {
  return ['CONNECTING', 'OPEN'].includes(lab.state(chosen));
}

function connectOrDisconnect(typedUrl, protocols) {
  if (isUnderway(client)) {
    close(1000, '');
    return undefined;
  }
  const url = parseAddress(typedUrl, document.baseURI);
  follow.forget();
  return connect(url, protocols);
}

/** Connects to a fault, and says Hello, which some of them wait for. */
async function breakIt({ id }) {
  const chosen = client;
  await lab.watch();
  // No waiting from here on: a second card may have been pressed meanwhile.
  const url = lab.url(`fault/${id}`);
  if (isUnderway(chosen)) {
    lab.close(1000, '', chosen);
  }
  typed[chosen] = { url, protocols: '' };
  if (chosen === client) {
    fill(typed[chosen]);
  }
  const connection = lab.connect({ url, client: chosen });
  actOn(connection, ({ kind, broken, status }) => broken !== undefined || kind === 'ended' || (kind === 'handshake' && status !== null && status !== 101));
  lab.socket(chosen).addEventListener('open', () => lab.state(chosen) === 'OPEN' && lab.send(GREETING, chosen));
}

function fill({ url, protocols }) {
  find('#url').value = url;
  find('#protocols').value = protocols;
}

const bar = connectForm({
  endpoints,
  submit: connectOrDisconnect,
  onclient(chosen) {
    typed[client] = { url: find('#url').value, protocols: find('#protocols').value };
    client = chosen;
    fill(typed[client]);
    showStrip();
  },
});
const composerTabs = composer({ send, close, ask });
fill(typed.A);
find('#message').value = asked.message ?? GREETING;
find('#export').addEventListener('click', async () => {
  const { download } = await import('./ui/exporting.js');
  download(lab);
});
find('#copy-link').addEventListener('click', async () => {
  const { copyLink, isAt, linkTo } = await import('./ui/links.js');
  const { row, byte } = wire.shown;
  const link = linkTo({
    row: row?.client in typed && isAt(connections.of(row.connection), find('#url').value) ? row : null, byte, page: location.href, preset: { url: endpoints[1].url, message: GREETING },
    url: find('#url').value, protocols: find('#protocols').value.trim(), message: find('#message').value,
    echoes: (url) => ['echo', 'deflate'].some((path) => lab.url(path) === url),
  });
  await copyLink(find('#copy-link'), link);
});
find('#story-own').addEventListener('click', toMessage);

let planned = 0;
function showStrip() {
  planned = 0;
  const connection = lab.connectionOf(client);
  showConnection(lab.state(client), connections.of(connection), { frames: lab.sees(connection), missed: lab.misses(connection) });
}
function planStrip() {
  planned ||= requestAnimationFrame(showStrip);
}
lab.subscribe(planStrip);
lab.onwatching(planStrip);
showStrip();
views.select('try');

function toMessage() {
  views.select('try');
  composerTabs.select('panel-text');
  find('#message').focus();
  find('#message').select();
}

shortcuts({
  c: () => find('#connect').click(),
  m: toMessage,
  t: () => { views.select('try'); find('#log').focus(); },
  w: () => { views.select('onwire'); wire.focus(); },
  '/': () => { views.select('try'); find('#query').focus(); },
  p: () => timeline.togglePause(),
  n: () => dock.nextLesson(),
  '?': () => { views.select('dock'); dock.select('help-panel'); },
});

let meantByte;
/** Of the newest address that points at a frame which is not there yet. */
const awaited = new Follow(lab, showMeant);

function showMeant(row) {
  wire.pin(meantByte);
  timeline.select(row);
  views.select('onwire');
}

/** Shows what the fragment of the address points at, now or as soon as it is there; whether it points at a frame. */
function followAddress() {
  const { frame, byte, lesson } = parseHash(location.hash);
  if (lesson !== undefined) {
    views.select('dock');
    dock.lesson(lesson);
  }
  awaited.forget();
  if (frame === undefined) {
    return false;
  }
  meantByte = byte;
  const isMeant = (row) => row.kind === 'frame' && row.number === frame && row.client in typed;
  const there = lab.rows.findLast(isMeant);
  if (there) {
    showMeant(there);
  } else {
    // Until then a person may have to press Connect.
    awaited.next(isMeant, Infinity);
  }
  return true;
}

/** Only what every server of ours has is opened unasked: a link must not make this page speak to something else. */
function isHarmless(url) {
  return ['', 'echo', 'deflate'].some((path) => lab.url(path) === url);
}

addEventListener('hashchange', () => {
  // What the story says is true of its own frame alone.
  if (followAddress()) {
    endStory();
  }
});
// An address that is there already does not change.
document.addEventListener('click', ({ target }) => {
  if (target.closest?.('a[href^="#/lesson/"]')?.hash === location.hash) {
    followAddress();
  }
});
/** Where the link to this page pointed: what it shows stays in view. */
const pointed = parseHash(location.hash);
followAddress();

async function begin() {
  const url = parseAddress(typed.A.url, document.baseURI);
  // Also for the talk form, which connects by itself.
  lab.watch();
  if (asked.auto && location.hash === '' && hasLesson()) {
    dock.select('lessons-panel');
  }
  if (!asked.auto) {
    endStory();
  } else if (before !== null) {
    say('Welcome back. Press Connect to open the connection of your last visit.');
  } else if (isHarmless(url)) {
    await tellStory({
      lab, url, protocols: splitProtocols(typed.A.protocols), message: find('#message').value,
      onframe(row) {
        if (pointed.frame === undefined) {
          timeline.select(row);
        }
        if (pointed.frame === undefined && pointed.lesson === undefined) {
          views.select('onwire');
        }
      },
    });
  } else {
    say('Press Connect to open the connection that the link asks for.');
  }
}

attempt(bar.says, () => begin().catch((problem) => {
  // Nothing is being opened.
  endStory();
  throw problem;
}));
