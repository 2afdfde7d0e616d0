// Bytes as a grid in which the arrow keys move: one of them is in the tab order, the others are reached from it.

import { button, element } from '../ui/dom.js';
import { hexByte } from '../wire/bytes.js';
import { PARTS } from './parts.js';

/** So many bytes are shown at first, and this many more at each wish: a megabyte never becomes a million elements. */
const WINDOW = 256;

/** Never more than so many bytes at once. */
const MOST = 4096;

const WIDE = 16;
const NARROW = 8;

/** From this width on, in pixels, sixteen bytes stand in a row. */
const WIDE_FROM = 530;

const number = new Intl.NumberFormat('en');

export class ByteGrid {
  /** Hears the index of the byte that the focus or a click came to. */
  onmove = () => {};

  /** Hears the index of the byte that was chosen: by a click or by Enter. */
  onpick = () => {};

  #place;
  #bytes = new Uint8Array();
  #describe = () => ({ part: 'payload', label: '' });
  #label = '';
  #shown = 0;
  #columns = WIDE;
  #current = 0;
  #marks = new Map();
  #cells = [];

  constructor(place) {
    this.#place = place;
    place.addEventListener('keydown', (event) => this.#key(event));
    place.addEventListener('click', (event) => this.#clicked(event));
    place.addEventListener('focusin', (event) => this.#focused(event));
    new ResizeObserver(() => this.#columnsFor() !== this.#columns && this.#bytes.length > 0 && this.#draw()).observe(place);
  }

  /**
   * `describe(index)` gives `{ part, label, guilty }` of a byte: a name of PARTS, what it is in a few words, whether it
   * breaks a rule.
   */
  show(bytes, { label, describe, current = 0 }) {
    this.#bytes = bytes;
    this.#describe = describe;
    this.#label = label;
    this.#marks.clear();
    this.#current = Math.min(Math.max(current, 0), Math.max(bytes.length - 1, 0));
    this.#shown = Math.min(bytes.length, Math.max(WINDOW, Math.min(this.#current + 1, MOST)));
    this.#current = Math.min(this.#current, Math.max(this.#shown - 1, 0));
    this.#draw();
  }

  get current() {
    return this.#current;
  }

  /** How many bytes are to be seen. */
  get shown() {
    return this.#shown;
  }

  /** Moves to a byte, if it is to be seen; takes the focus along if the grid had it. */
  moveTo(index) {
    if (index < 0 || index >= this.#shown) {
      return;
    }
    const focused = this.#place.contains(document.activeElement);
    this.#cells[this.#current].tabIndex = -1;
    this.#cells[this.#current].removeAttribute('aria-selected');
    this.#current = index;
    this.#cells[index].tabIndex = 0;
    this.#cells[index].setAttribute('aria-selected', 'true');
    if (focused) {
      this.#cells[index].focus();
    }
  }

  /** Gives some bytes a class, such as those of a step, and takes it from the others. */
  mark(name, indexes) {
    this.#marks.set(name, indexes);
    this.#cells.forEach((cell) => cell.classList.remove(name));
    indexes.forEach((index) => this.#cells[index]?.classList.add(name));
  }

  #columnsFor() {
    return this.#place.clientWidth >= WIDE_FROM ? WIDE : NARROW;
  }

  #draw() {
    const focused = this.#place.contains(document.activeElement);
    this.#columns = this.#columnsFor();
    this.#cells = Array.from({ length: this.#shown }, (_, index) => this.#cell(index));
    const grid = element('div', 'bytes');
    grid.setAttribute('role', 'grid');
    grid.setAttribute('aria-label', this.#label);
    for (let at = 0; at < this.#shown; at += this.#columns) {
      const row = element('div', 'bytes-row', ...this.#cells.slice(at, at + this.#columns));
      row.setAttribute('role', 'row');
      row.dataset.offset = at.toString(16).padStart(4, '0');
      grid.append(row);
    }
    this.#place.replaceChildren(grid, ...this.#more());
    this.#marks.forEach((indexes, name) => this.mark(name, indexes));
    if (focused) {
      this.#cells[this.#current]?.focus();
    }
  }

  #cell(index) {
    const { part, label, guilty } = this.#describe(index);
    const hex = hexByte(this.#bytes[index]);
    const letter = element('span', 'letter', PARTS[part].letter);
    letter.setAttribute('aria-hidden', 'true');
    const cell = element('span', `byte b-${part}`, element('span', 'hex', hex), letter);
    cell.setAttribute('role', 'gridcell');
    cell.setAttribute('aria-label', `byte ${index}: ${hex}, ${PARTS[part].name}, ${label}${guilty ? ', breaks a rule' : ''}`);
    cell.classList.toggle('guilty', Boolean(guilty));
    cell.dataset.index = index;
    cell.tabIndex = index === this.#current ? 0 : -1;
    if (index === this.#current) {
      cell.setAttribute('aria-selected', 'true');
    }
    return cell;
  }

  #more() {
    const rest = this.#bytes.length - this.#shown;
    if (rest === 0) {
      return [];
    }
    const told = element('p', 'hint', `${number.format(rest)} more bytes`);
    if (this.#shown >= MOST) {
      return [told];
    }
    const more = Math.min(rest, WINDOW, MOST - this.#shown);
    return [told, button(`Show ${more} more`, () => {
      this.#shown += more;
      this.#draw();
      this.#cells[this.#shown - more].focus();
    }, 'quiet')];
  }

  #key(event) {
    const steps = {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.#columns, ArrowDown: this.#columns,
      Home: event.ctrlKey ? -Infinity : -(this.#current % this.#columns),
      End: event.ctrlKey ? Infinity : this.#columns - 1 - (this.#current % this.#columns),
      PageUp: -8 * this.#columns, PageDown: 8 * this.#columns,
    };
    if (!event.target.matches('[role=gridcell]')) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.onpick(this.#current);
    } else if (event.key in steps && !event.altKey && !event.metaKey) {
      event.preventDefault();
      // Arrows stay within the bytes; the others go as far as there are some.
      const to = this.#current + steps[event.key];
      const last = this.#shown - 1;
      this.moveTo(event.key.startsWith('Arrow') && (to < 0 || to > last) ? this.#current : Math.min(Math.max(to, 0), last));
    }
  }

  #clicked(event) {
    const cell = event.target.closest('[role=gridcell]');
    if (cell) {
      cell.focus();
      this.onpick(Number(cell.dataset.index));
    }
  }

  #focused(event) {
    if (event.target.matches('[role=gridcell]')) {
      const index = Number(event.target.dataset.index);
      if (index !== this.#current) {
        this.moveTo(index);
      }
      this.onmove(index);
    }
  }
}
