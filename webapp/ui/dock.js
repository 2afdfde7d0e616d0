// The dock: lessons, faults, latency, the server, help; closed until it is wanted, and filled when it is first opened.

import { breakIt } from './breakit.js';
import { find } from './dom.js';
import { serverView } from './serverview.js';
import { Tabs } from './tabs.js';

/** `onbreak(fault)` hears which fault is wanted. */
export class Dock {
  #lab;
  #connections;
  #onbreak;
  #filled = new Set();
  #tabs;

  constructor({ lab, connections, onbreak }) {
    this.#lab = lab;
    this.#connections = connections;
    this.#onbreak = onbreak;
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

  lesson() {
    this.#tabs.select('lessons-panel');
  }

  nextLesson() {
    this.#tabs.select('lessons-panel');
  }

  #changed(panel) {
    document.documentElement.dataset.dock = panel === null ? 'closed' : 'open';
    find('#dock-size').hidden = panel === null;
    const fill = { 'break-panel': () => this.#faults(), 'latency-panel': () => this.#latency(), 'server-panel': () => this.#server() }[panel];
    if (fill !== undefined && !this.#filled.has(panel)) {
      fill();
    }
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
