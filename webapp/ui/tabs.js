// Tabs as the ARIA practices describe them: one of them is in the tab order, arrows move, moving selects.

/**
 * `list` holds buttons of role tab, each with the id of its panel in aria-controls. `onchange(id)` hears the panel that is
 * shown, or null; while `collapsible()`, a second press on a tab hides its panel.
 */
export class Tabs {
  #tabs;
  #collapsible;
  #onchange;

  constructor(list, { collapsible = () => false, onchange = () => {} } = {}) {
    this.#tabs = [...list.querySelectorAll('[role=tab]')];
    this.#collapsible = collapsible;
    this.#onchange = onchange;
    for (const tab of this.#tabs) {
      tab.addEventListener('click', () => this.#clicked(tab));
    }
    list.addEventListener('keydown', (event) => this.#key(event));
  }

  /** The id of the panel that is shown, or null. */
  get selected() {
    return this.#tabs.find((tab) => tab.getAttribute('aria-selected') === 'true')?.getAttribute('aria-controls') ?? null;
  }

  /** Shows the panel with this id, or none. */
  select(panel) {
    const chosen = this.#tabs.find((tab) => tab.getAttribute('aria-controls') === panel);
    for (const tab of this.#tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === (chosen ?? this.#tabs[0]) ? 0 : -1;
      const shown = document.getElementById(tab.getAttribute('aria-controls'));
      if (shown.getAttribute('role') === 'tabpanel') {
        shown.hidden = tab !== chosen;
      }
    }
    this.#onchange(panel);
  }

  #clicked(tab) {
    const panel = tab.getAttribute('aria-controls');
    this.select(panel === this.selected && this.#collapsible() ? null : panel);
  }

  #key(event) {
    const at = this.#tabs.indexOf(event.target);
    const last = this.#tabs.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last,
    }[event.key];
    if (at >= 0 && to !== undefined) {
      event.preventDefault();
      this.select(this.#tabs[to].getAttribute('aria-controls'));
      this.#tabs[to].focus();
    }
  }
}
