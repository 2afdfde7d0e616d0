// The right side: the chosen row from meaning to bits, and what went wrong with its connection.

import { prepareViolations, WirePane } from '../pane/wirepane.js';
import { diagnoseRule } from '../wire/diagnose.js';
import { describe } from './describe.js';
import { find } from './dom.js';
import { wasLetPass } from './passed.js';
import { withRetry } from './retry.js';
import { showFrame } from './route.js';

const BYTES = new Set(['frame', 'handshake']);

/** Loaded when something may have failed. */
const loadDiagnosis = () => import('./diagnosis.js');

/** Loaded when a row is chosen that has no bytes. */
const loadDetail = () => import('./detail.js');

/** When the page has shown what it shows by itself. */
const PREPARE_AFTER_MILLIS = 2000;

/** Loads what the first look at the page does without. What does not load is asked for again, and missed, where it is used. */
const prepare = () => Promise.all([
  loadDiagnosis(), loadDetail(), prepareViolations(), import('./links.js'), import('./exporting.js'), import('./remember.js'),
]).catch(() => {});

/** `onrow(row)` hears which row the diagnosis leads to. */
export class WireView {
  #connections;
  #onrow;
  /** Null until the words are there. */
  #rule = null;
  #pane = null;
  #row = null;
  #byte;
  #picked;
  /** The connection whose diagnosis is shown. */
  #connection = null;
  #planned = 0;
  /** The promise of what shows failures, once there may be one. */
  #failed = null;
  /** The promise of what shows rows without bytes, once there is one to show. */
  #detail = null;

  constructor({ lab, connections, onrow }) {
    this.#connections = connections;
    this.#onrow = onrow;
    lab.subscribe((row) => this.#heard(row.kind === 'update' ? row.row : row, row.kind === 'update'));
    // By the time that something fails, the server may be gone.
    for (const act of ['pointerdown', 'keydown']) {
      addEventListener(act, prepare, { once: true });
    }
    setTimeout(prepare, PREPARE_AFTER_MILLIS);
  }

  /** From here on bytes are explained; before, they are only shown. */
  learn(words) {
    this.#rule = (name, group = 'frame') => diagnoseRule(words, name, group);
    this.#pane = new WirePane(find('#wire'), {
      words,
      reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
      url: (row) => this.#connections.of(row.connection)?.url ?? null,
      passed: (row) => wasLetPass(row, this.#connections.of(row.connection)?.close ?? null),
    });
    this.#pane.onpick = (byte) => this.#row?.kind === 'frame' && this.#address(byte);
    if (this.#row !== null) {
      this.#draw();
      this.#plan();
    }
  }

  /** What is shown: `{ row, byte }`, the row null at first, the byte undefined unless one was chosen. */
  get shown() {
    return { row: this.#row, byte: this.#picked };
  }

  /** The next frame that is shown opens at this byte. */
  pin(byte) {
    this.#byte = byte;
  }

  show(row) {
    this.#row = row;
    this.#connection = row.connection ?? this.#connection;
    this.#draw();
    this.#plan();
    this.#picked = undefined;
    if (row.kind === 'frame') {
      this.#address(this.#byte);
    }
    this.#byte = undefined;
  }

  #address(byte) {
    this.#picked = byte;
    showFrame(this.#row.number, byte);
  }

  /** Puts the focus on the bytes, or else on the text. */
  focus() {
    const place = find('#wire [tabindex="0"]') ?? find('#onwire .scroll');
    place.focus();
  }

  #heard(row, again) {
    if (row.kind === 'cleared') {
      return;
    }
    if (again && row === this.#row) {
      this.#draw();
    }
    if (row.name === 'onclose' && this.#row?.broken && row.connection === this.#row.connection) {
      this.#pane?.judge();
    }
    // A new connection is a new story; an older one that fails has a word, too.
    const begins = row.name === 'new WebSocket' || row.partner === true;
    const fails = row.broken !== undefined || row.name === 'onerror' || (row.kind === 'handshake' && ![null, 101].includes(row.status));
    if (begins || fails) {
      this.#connection = row.connection;
    }
    if (row.connection === this.#connection && row.kind !== 'frame' || fails) {
      this.#plan();
    }
  }

  #draw() {
    const row = this.#row;
    const onWire = BYTES.has(row.kind) && this.#pane !== null;
    find('#sample').hidden = true;
    find('#wire').hidden = !onWire;
    find('#detail').hidden = onWire;
    find('#wire-what').textContent = titleOf(row);
    if (onWire) {
      this.#pane.show(row, { byte: this.#byte });
    } else {
      this.#explain(row);
    }
  }

  async #explain(row) {
    this.#detail ??= withRetry(find('#detail'), 'The explanation of events', loadDetail);
    const { showDetail } = await this.#detail;
    if (this.#row === row) {
      showDetail(row, this.#connections.of(row.connection));
    }
  }

  /** Once per animation frame: causes come in several rows. */
  #plan() {
    this.#planned ||= requestAnimationFrame(() => {
      this.#planned = 0;
      this.#diagnose();
    });
  }

  async #diagnose() {
    if (this.#failed === null && !mayHaveFailed(this.#connections.of(this.#connection))) {
      find('#diagnosis').hidden = true;
      return;
    }
    this.#failed ??= loadDiagnosis().catch(() => null);
    const failed = await this.#failed;
    if (failed === null) {
      noAnswer();
      this.#failed = null;
      return;
    }
    const facts = this.#connections.of(this.#connection);
    failed.showDiagnosis(facts, this.#rule ?? (() => null), { onrow: this.#onrow, shown: this.#row });
    if (facts?.status === 101 && !facts.opened && facts.close !== null && facts.flaw === undefined) {
      facts.flaw = null;
      // Loaded only now, as few answers are refused; here the server has just answered.
      import('./brokenanswer.js').then(({ brokenAnswer }) => {
        facts.flaw = brokenAnswer(facts.handshake);
        this.#plan();
      });
    }
  }
}

function mayHaveFailed(facts) {
  return facts !== null && (facts.close?.wasClean === false || facts.broken !== null || ![null, 101].includes(facts.status));
}

function noAnswer() {
  const place = find('#diagnosis');
  place.hidden = false;
  place.textContent = 'The connection failed, and the server no longer answers, so what this page knows of failures did not load. '
    + 'Look whether the server still runs.';
}

const ROUTES = {
  A: { sent: '↑ you → server', received: '↓ server → you' },
  partner: { sent: '↑ partner → server', received: '↓ server → partner' },
};

function titleOf(row) {
  if (row.kind === 'frame') {
    return `frame #${row.number}  ${(ROUTES[row.client] ?? ROUTES.A)[row.direction]}`;
  }
  return describe(row).name;
}
