// The dock: lessons, faults, latency, the server, help; closed until it is wanted, and filled when it is first opened.

import { breakIt } from './breakit.js';
import { find } from './dom.js';
import { serverView } from './serverview.js';
import { Tabs } from './tabs.js';

/** `onbreak(fault)` hears which fault is wanted, `onrow(row)` which row a lesson points at. */
export class Dock {
  #lab;
  #connections;
  #onbreak;
  #onrow;
  /** The drawer of lessons, once it is wanted. */
  #drawer = null;
  /** The number of the lesson that an address names. */
  #wanted;
  #filled = new Set();
  #tabs;

  constructor({ lab, connections, onbreak, onrow }) {
    this.#lab = lab;
    this.#connections = connections;
    this.#onbreak = onbreak;
    this.#onrow = onrow;
    this.#tabs = new Tabs(find('#dock-tabs'), { collapsible: true, onchange: (panel) => this.#changed(panel) });
    this.#tabs.select(null);
    find('#dock-size').addEventListener('click', () => {
      find('#dock-tabs [aria-selected=true]')?.focus();
      this.#tabs.select(null);
    });
  }

  select(panel) {
    this.#tabs.select(panel);
  }

  lesson(id) {
    this.#wanted = id;
    this.#tabs.select('lessons-panel');
  }

  async nextLesson() {
    const drawer = await this.#lessons();
    this.#tabs.select('lessons-panel');
    drawer.next();
  }

  #changed(panel) {
    document.documentElement.dataset.dock = panel === null ? 'closed' : 'open';
    find('#dock-size').hidden = panel === null;
    const fill = {
      'lessons-panel': () => this.#showLesson(),
      'break-panel': () => this.#faults(),
      'latency-panel': () => this.#latency(),
      'server-panel': () => this.#server(),
    }[panel];
    if (fill !== undefined && !this.#filled.has(panel)) {
      fill();
    }
  }

  async #showLesson() {
    const wanted = this.#wanted;
    this.#wanted = undefined;
    (await this.#lessons()).show(wanted);
  }

  /** Loaded when they are first wanted: twenty lessons are a lot of text. */
  #lessons() {
    this.#drawer ??= import('../lessons/start.js').then(({ startLessons }) => startLessons({
      place: find('#lessons'), lab: this.#lab, navigate: (hash) => { location.hash = hash; }, showRow: this.#onrow,
    }));
    return this.#drawer;
  }

  async #faults() {
    this.#filled.add('break-panel');
    const watching = await this.#lab.watch();
    await breakIt({ watching, table: new URL('fault', document.baseURI), onbreak: this.#onbreak });
  }

  async #latency() {
    this.#filled.add('latency-panel');
    const { latency } = await import('./latency.js');
    latency(this.#lab);
  }

  /** Each time anew: it counts. */
  async #server() {
    const watching = await this.#lab.watch();
    serverView({ watching, connections: this.#connections, base: document.baseURI });
  }
}
