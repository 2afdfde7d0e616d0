// The wire pane: one frame or handshake from its meaning to its bits, and the same thing in other words.

import { element } from '../ui/dom.js';
import { withRetry } from '../ui/retry.js';
import { FrameView } from './frameview.js';
import { sameIn } from './samein.js';
import { SamePane } from './samepane.js';

/** Loads what shows a broken rule: when one was broken the server may be gone. */
export const prepareViolations = () => import('./violation.js');

export class WirePane {
  /** Hears the index of the byte that was chosen by a click or Enter. */
  onpick = () => {};

  #element;
  #url;
  #row = null;
  #frame;
  #handshake;
  #same;
  #frameView;
  #words;
  /** The promise of it: loaded when the first handshake is shown. */
  #handshakeView = null;
  /** The promise of the module `violation.js`: loaded when the first frame that breaks a rule is shown, or before. */
  #violations = null;
  #samePane;

  /**
   * `words`: what `loadWords` gives; `reducedMotion`: nothing moves by itself; `url(row)`: the address of the row's
   * connection, where that is known; `passed(row)`: whether the browser let the row's broken frame pass.
   */
  constructor(place, { words, reducedMotion = false, url = () => null, passed = () => false }) {
    this.#element = place;
    this.#url = url;
    this.#frame = element('div', 'pane-frame');
    this.#handshake = element('div', 'pane-handshake');
    this.#same = element('div', 'pane-same');
    this.#frameView = new FrameView(this.#frame, { words, reducedMotion, passed });
    this.#frameView.onpick = (index) => this.onpick(index);
    this.#words = words;
    this.#samePane = new SamePane(this.#same);
    place.classList.add('wirepane');
    this.clear();
  }

  /**
   * Shows a row of kind frame or handshake; the same row again keeps its place. `byte`: the byte to begin at.
   * The promise is there for handshakes and broken frames, which take a moment the first time.
   */
  async show(row, { byte } = {}) {
    const framed = row.kind === 'frame';
    if (!framed && row.kind !== 'handshake') {
      throw new TypeError(`expected a row of kind frame or handshake, not ${row.kind}`);
    }
    this.#element.replaceChildren(framed ? this.#frame : this.#handshake, this.#same);
    this.#samePane.show(sameIn(row, framed ? FrameView.plain(row) : null, this.#addressOf(row)));
    this.#row = row;
    if (framed && (!row.broken || this.#frameView.violations !== null)) {
      this.#frameView.show(row, byte);
      return;
    }
    this.#frameView.stop();
    if (framed) {
      this.#frameView.violations = await this.#loadedViolations();
      if (this.#row === row) {
        this.#frameView.show(row, byte);
      }
      return;
    }
    const view = await this.#handshakes();
    if (this.#row === row) {
      view.show(row);
    }
  }

  #loadedViolations() {
    this.#violations ??= withRetry(this.#frame, 'What shows broken rules', prepareViolations);
    return this.#violations;
  }

  #handshakes() {
    this.#handshakeView ??= withRetry(this.#handshake, 'The explanation of handshakes', async () => {
      const { HandshakeView } = await import('./handshakeview.js');
      return new HandshakeView(this.#handshake, { words: this.#words });
    });
    return this.#handshakeView;
  }

  /** For a frame whose connection has ended: whether it was let pass may be known only now. */
  judge() {
    this.#frameView.judge();
  }

  /** Shows nothing. */
  clear() {
    this.#row = null;
    this.#frameView.stop();
    this.#element.replaceChildren();
  }

  #addressOf(row) {
    const address = new URL(this.#url(row) ?? row.url ?? 'echo', document.baseURI);
    address.protocol = address.protocol.replace(/^http/, 'ws');
    address.hash = '';
    address.searchParams.delete('lab');
    return address.href;
  }
}
