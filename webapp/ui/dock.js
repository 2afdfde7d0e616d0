// The dock: lessons, faults, latency, the server, help; closed until it is wanted, and filled when it is first opened.

import { talkUrl } from '../address.js';
import { find } from './dom.js';
import { withRetry } from './retry.js';
import { Tabs } from './tabs.js';

/** `onbreak(fault)` hears which fault is wanted, `onrow(row, byPerson)` which row a lesson points at. */
export class Dock {
  #lab;
  #connections;
  #onbreak;
  #filled = new Set();
  #tabs;
  #onrow;
  #lessons = null;
  /** Whether an address or a key has led to a lesson, which is shown instead of that of the last time. */
  #led = false;

  constructor({ lab, connections, onbreak, onrow }) {
    this.#lab = lab;
    this.#onrow = onrow;
    this.#connections = connections;
    this.#onbreak = onbreak;
    this.#tabs = new Tabs(find('#dock-tabs'), {
      // On a narrow screen it has the place for itself.
      collapsible: () => getComputedStyle(find('#views')).display === 'none',
      onchange: (panel) => this.#changed(panel),
    });
    this.#tabs.select(null);
    find('#dock-size').addEventListener('click', () => {
      find('#dock-tabs [aria-selected=true]')?.focus();
      this.#tabs.select(null);
    });
  }

  select(panel) {
    this.#tabs.select(panel);
  }

  /** Shows the part that was open last, or the lessons. */
  open() {
    if (this.#tabs.selected === null) {
      this.select('lessons-panel');
    }
  }

  async lesson(id) {
    this.#led = true;
    this.select('lessons-panel');
    (await this.#drawer()).show(id);
  }

  async nextLesson() {
    this.#led = true;
    this.select('lessons-panel');
    (await this.#drawer()).next();
  }

  /** The lessons are loaded when they are first wanted. */
  #drawer() {
    this.#lessons ??= withRetry(find('#lessons-panel'), 'The lessons', () => this.#loadLessons());
    return this.#lessons;
  }

  async #loadLessons() {
    const { loadTexts } = await import('../lessons/source.js');
    await loadTexts();
    const [{ Course }, { LessonDrawer }] = await Promise.all([import('../lessons/course.js'), import('../lessons/drawer.js')]);
    const course = new Course(this.#lab);
    return new LessonDrawer(find('#lessons'), course, { navigate: (hash) => { location.hash = hash; }, showRow: this.#onrow });
  }

  #changed(panel) {
    document.documentElement.dataset.dock = panel === null ? 'closed' : 'open';
    find('#dock-size').hidden = panel === null;
    if (panel === 'lessons-panel') {
      this.#place();
    }
    const [what, fill] = {
      'break-panel': ['The table of faults', () => this.#faults()], 'talk-panel': ['The form', () => this.#talk()],
      'latency-panel': ['The chart', () => this.#latency()], 'server-panel': ['This part', () => this.#server()],
    }[panel] ?? [];
    if (fill !== undefined && !this.#filled.has(panel)) {
      this.#filled.add(panel);
      withRetry(document.getElementById(panel), what, fill);
    }
  }

  /** Where the learner was the last time, unless an address has led elsewhere. */
  async #place() {
    const drawer = await this.#drawer();
    if (!this.#led && find('#lessons .course-body').childElementCount === 0) {
      drawer.show();
    }
  }

  async #faults() {
    const { breakIt } = await import('./breakit.js');
    const watching = await this.#lab.watch();
    if (watching === null) {
      // Perhaps only for now: asked again when the part is opened the next time.
      this.#filled.delete('break-panel');
    }
    await breakIt({ watching, table: new URL('fault', document.baseURI), onbreak: this.#onbreak });
  }

  async #talk() {
    const { talkForm } = await import('./talkform.js');
    talkForm({ url: talkUrl(document.baseURI), lab: this.#lab });
  }

  async #latency() {
    const { latency } = await import('../latency/panel.js');
    await latency(this.#lab);
  }

  /** Each time anew: it counts. */
  async #server() {
    this.#filled.delete('server-panel');
    const { serverView } = await import('./serverview.js');
    const watching = await this.#lab.watch();
    serverView({ watching, connections: this.#connections, base: document.baseURI });
  }
}
