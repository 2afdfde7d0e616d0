// The right side: the chosen row from meaning to bits, and what went wrong with its connection.

import { WirePane } from '../pane/wirepane.js';
import { diagnoseRule } from '../wire/diagnose.js';
import { describe } from './describe.js';
import { showDetail } from './detail.js';
import { showDiagnosis, wasLetPass } from './diagnosis.js';
import { find } from './dom.js';
import { showFrame } from './route.js';

const BYTES = new Set(['frame', 'handshake']);

/** `onrow(row)` hears which row the diagnosis leads to. */
export class WireView {
  #connections;
  #onrow;
  #rule;
  #pane;
  #row = null;
  #byte;
  /** The connection whose diagnosis is shown. */
  #connection = null;
  #planned = 0;

  constructor({ lab, connections, words, onrow }) {
    this.#connections = connections;
    this.#onrow = onrow;
    this.#rule = (name, group = 'frame') => diagnoseRule(words, name, group);
    this.#pane = new WirePane(find('#wire'), {
      words,
      reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
      url: (row) => connections.of(row.connection)?.url ?? null,
      passed: (row) => wasLetPass(row, connections.of(row.connection)?.close ?? null),
    });
    this.#pane.onpick = (byte) => this.#row?.kind === 'frame' && showFrame(this.#row.number, byte);
    lab.subscribe((row) => this.#heard(row.kind === 'update' ? row.row : row, row.kind === 'update'));
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
    if (row.kind === 'frame') {
      showFrame(row.number, this.#byte);
    }
    this.#byte = undefined;
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
      this.#pane.judge();
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
    const onWire = BYTES.has(row.kind);
    find('#sample').hidden = true;
    find('#wire').hidden = !onWire;
    find('#detail').hidden = onWire;
    find('#wire-what').textContent = titleOf(row);
    if (onWire) {
      this.#pane.show(row, { byte: this.#byte });
    } else {
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

  #diagnose() {
    const facts = this.#connections.of(this.#connection);
    showDiagnosis(facts, this.#rule, { onrow: this.#onrow, shown: this.#row });
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
