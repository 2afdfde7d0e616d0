// "Same thing in": one of four languages at a time, the same one for every row, each with a button that copies.

import { button, element } from '../ui/dom.js';

export class SamePane {
  #place;
  #chosen = 'js';
  #codes = [];
  #tabs = [];
  #code = element('code', '');
  #said = element('span', 'hint');
  #panel = element('pre', 'same-code', this.#code);

  constructor(place) {
    this.#place = place;
    this.#said.setAttribute('role', 'status');
    this.#panel.id = `same-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
    this.#panel.setAttribute('role', 'tabpanel');
    this.#panel.tabIndex = 0;
  }

  show(codes) {
    if (this.#tabs.length === 0) {
      this.#build(codes);
    }
    this.#codes = codes;
    this.#select(this.#chosen);
  }

  #build(codes) {
    this.#tabs = codes.map(({ id, name }) => {
      const tab = button(name, () => this.#select(id), 'same-tab');
      tab.dataset.id = id;
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', this.#panel.id);
      return tab;
    });
    const list = element('div', 'same-tabs', ...this.#tabs);
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', 'Same thing in');
    list.addEventListener('keydown', (event) => this.#key(event));
    this.#place.replaceChildren(
      element('h3', '', 'Same thing in'),
      element('div', 'same-head', list, button('Copy', () => this.#copy(), 'quiet same-copy'), this.#said),
      this.#panel);
  }

  #select(id) {
    this.#chosen = id;
    for (const tab of this.#tabs) {
      const selected = tab.dataset.id === id;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
    this.#panel.setAttribute('aria-label', this.#tabs.find((tab) => tab.dataset.id === id).textContent);
    this.#code.textContent = this.#codes.find((one) => one.id === id).code;
    this.#said.textContent = '';
  }

  #key(event) {
    const at = this.#tabs.indexOf(event.target);
    const last = this.#tabs.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (at >= 0 && to !== undefined) {
      event.preventDefault();
      this.#select(this.#tabs[to].dataset.id);
      this.#tabs[to].focus();
    }
  }

  /** The clipboard is only there for https and localhost; elsewhere the text is chosen, ready for the keyboard. */
  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#code.textContent);
      this.#said.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(this.#code);
      this.#said.textContent = 'Selected: press Ctrl+C or ⌘C';
    }
  }
}
