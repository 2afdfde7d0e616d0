// The timeline: of all rows only those in view are in the document, drawn together once per animation frame.

import { describe, forget } from './describe.js';
import { button, element, find } from './dom.js';
import { attempt, voiceOf } from './form.js';
import { FILTERS, itemsOf, parseQuery, pingsIn } from './items.js';

/** Rows above and below the view that are drawn too, for scrolling and for the keyboard. */
const MARGIN = 6;

/** How close to the end, in pixels, still counts as "at the end". */
const END_SLACK = 8;

/** How often a reader's ear is told of new rows, in milliseconds. */
const ANNOUNCE_EVERY = 3000;

/** How many rows paper gets. */
const PRINTED = 500;

const count = new Intl.NumberFormat('en');

/** `onselect(row, byPerson, toRead)` hears what was chosen, whether a person chose it, and whether to read it now. */
export class Timeline {
  #lab;
  #onselect;
  #items = [];
  #drawn = new Map();
  #filter = FILTERS.All;
  #query = () => true;
  #open = new Set();
  #frozen = null;
  #following = true;
  #fresh = 0;
  #frame = 0;
  #dirty = false;
  #rowHeight = 0;
  #announceAt = 0;
  #selected = null;
  #view = find('#log');
  #list = find('#rows');

  constructor(lab, { onselect }) {
    this.#lab = lab;
    this.#onselect = onselect;
    lab.subscribe((row) => this.#heard(row));
    this.#view.addEventListener('scroll', () => this.#scrolled());
    this.#view.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(() => this.#plan()).observe(this.#view);
    this.#tools();
  }

  get selected() {
    return this.#selected;
  }

  /** Chooses a row and brings it into view; `toRead` is false for who only walks past it. */
  select(row, byPerson = false, toRead = byPerson) {
    this.#selected = row;
    const at = this.#items.findIndex((item) => item.row === row && !item.folded);
    if (at >= 0) {
      this.#reveal(at);
    }
    this.#plan();
    this.#onselect(row, byPerson, toRead);
  }

  togglePause() {
    this.#frozen = this.#frozen === null ? [...this.#lab.rows] : null;
    const pause = find('#pause');
    pause.setAttribute('aria-pressed', String(this.#frozen !== null));
    pause.textContent = this.#frozen === null ? 'Pause' : 'Go on';
    this.#change();
  }

  #tools() {
    for (const [name, filter] of Object.entries(FILTERS)) {
      const choice = button(name, () => {
        this.#filter = filter;
        find('#filters').childNodes.forEach((one) => one.setAttribute('aria-pressed', String(one === choice)));
        this.#change();
      });
      choice.setAttribute('aria-pressed', String(name === 'All'));
      find('#filters').append(choice);
    }
    const query = find('#query');
    const says = voiceOf(query, find('#query-problem'));
    query.addEventListener('input', () => {
      this.#query = attempt(says, () => parseQuery(query.value)) ?? this.#query;
      this.#change();
    });
    find('#pause').addEventListener('click', () => this.togglePause());
    find('#clear').addEventListener('click', () => this.#lab.clear());
    find('#newest').addEventListener('click', () => this.#toEnd());
    addEventListener('beforeprint', () => this.#draw(PRINTED));
    addEventListener('afterprint', () => this.#plan());
  }

  #heard(row) {
    if (row.kind === 'update') {
      forget(row.row);
      this.#take(row.row.id);
    } else if (row.kind === 'cleared') {
      this.#frozen = this.#frozen && [];
      this.#fresh = 0;
      this.#following = true;
    } else {
      this.#fresh += this.#following && this.#frozen === null ? 0 : 1;
    }
    if (row.client && row.client !== 'A') {
      document.documentElement.dataset.clients = 'many';
    }
    this.#dirty = true;
    this.#plan();
  }

  /** After a change of what is to be shown. */
  #change() {
    this.#dirty = true;
    this.#plan();
  }

  #plan() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(most = 0) {
    if (this.#dirty) {
      this.#dirty = false;
      const keep = (row) => this.#filter(row) && this.#query(row);
      this.#items = itemsOf(this.#frozen ?? this.#lab.rows, keep, this.#open);
    }
    this.#rowHeight ||= Number.parseFloat(getComputedStyle(this.#list).lineHeight);
    this.#list.style.height = `${this.#items.length * this.#rowHeight}px`;
    if (this.#following && this.#frozen === null) {
      this.#view.scrollTop = this.#view.scrollHeight;
      this.#fresh = 0;
    }
    const first = most > 0 ? Math.max(this.#items.length - most, 0)
      : Math.max(Math.floor(this.#view.scrollTop / this.#rowHeight) - MARGIN, 0);
    const shown = most > 0 ? most : Math.ceil(this.#view.clientHeight / this.#rowHeight) + 2 * MARGIN;
    this.#place(first, this.#items.slice(first, first + shown));
    this.#says();
  }

  /** Keeps what is drawn already, so that the focus stays where it is; in the document in order. */
  #place(first, items) {
    const wanted = new Set(items.map(keyOf));
    for (const key of this.#drawn.keys()) {
      if (!wanted.has(key)) {
        this.#take(key);
      }
    }
    let next = this.#list.firstElementChild;
    items.forEach((item, i) => {
      const key = keyOf(item);
      const row = this.#drawn.get(key) ?? this.#rowOf(item);
      this.#drawn.set(key, row);
      if (item.folded) {
        this.#fold(row, item.folded);
      }
      row.style.top = `${(first + i) * this.#rowHeight}px`;
      row.firstElementChild.setAttribute('aria-current', String(item.row === this.#selected && !item.folded));
      if (row === next) {
        next = next.nextElementSibling;
      } else {
        this.#list.insertBefore(row, next);
      }
    });
  }

  /** Takes a row out of the document; where it had the focus, the arrow keys go on from the timeline itself. */
  #take(key) {
    const row = this.#drawn.get(key);
    if (row?.contains(document.activeElement)) {
      this.#view.focus({ preventScroll: true });
    }
    row?.remove();
    this.#drawn.delete(key);
  }

  #rowOf(item) {
    const { row, folded } = item;
    const { tone, arrow, spoken, name, text, size } = describe(row);
    const line = button('', () => (folded ? this.#toggle(row) : this.select(row, true)), `row ${folded ? 'event' : tone} is-${row.kind}`);
    line.tabIndex = -1;
    const time = element('span', 'time', this.#time(row));
    time.title = new Date(row.at).toISOString();
    const sign = element('span', 'arrow', folded ? '↕' : arrow);
    sign.setAttribute('role', 'img');
    sign.setAttribute('aria-label', folded ? 'both ways' : spoken);
    // What a peer wrote may run from right to left: bdi keeps that from disturbing the row.
    line.append(time, element('span', 'client', row.client === null ? '' : tag(row)), sign, element('span', 'name', folded ? 'ping/pong' : name),
      element('bdi', 'text', folded ? '' : text), element('span', 'size', folded ? '' : size),
      element('span', 'number', row.kind === 'frame' && !folded ? `#${row.number}` : ''));
    return element('li', '', line);
  }

  #fold(place, rows) {
    const line = place.firstElementChild;
    line.setAttribute('aria-expanded', String(this.#open.has(rows[0].id)));
    line.querySelector('.text').textContent = `×${count.format(pingsIn(rows))}`;
  }

  #toggle({ id }) {
    if (!this.#open.delete(id)) {
      this.#open.add(id);
    }
    this.#following = false;
    this.#change();
  }

  #time(row) {
    const start = this.#lab.startedAt;
    return ((row.at - start) / 1000).toFixed(3);
  }

  #says() {
    find('#log-empty').hidden = this.#items.length > 0;
    const newest = find('#newest');
    newest.hidden = this.#fresh === 0;
    newest.textContent = `${count.format(this.#fresh)} new ↓`;
    const rows = (this.#frozen ?? this.#lab.rows).length;
    const shown = this.#items.length === rows ? `${count.format(rows)} rows` : `${count.format(this.#items.length)} lines of ${count.format(rows)} rows`;
    const gone = this.#lab.dropped === 0 ? '' : `; ${count.format(this.#lab.dropped)} older ones are gone`;
    find('#log-note').textContent = rows === 0 ? '' : shown + gone;
    this.#announce();
  }

  #announce() {
    const now = performance.now();
    const last = this.#items.at(-1)?.row;
    if (last !== undefined && now >= this.#announceAt) {
      this.#announceAt = now + ANNOUNCE_EVERY;
      const { spoken, name, text } = describe(last);
      find('#announcer').textContent = `${spoken}: ${name} ${text.slice(0, 80)}`;
    }
  }

  #scrolled() {
    this.#following = this.#view.scrollHeight - this.#view.scrollTop - this.#view.clientHeight <= END_SLACK;
    if (this.#following && this.#frozen === null) {
      this.#fresh = 0;
    }
    this.#plan();
  }

  #toEnd() {
    if (this.#frozen !== null) {
      this.togglePause();
    }
    this.#following = true;
    // The button goes away.
    this.#view.focus();
    this.#plan();
  }

  #key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || this.#items.length === 0) {
      return;
    }
    event.preventDefault();
    const at = this.#items.findIndex((item) => item.row === this.#selected && !item.folded);
    const from = at < 0 && step < 0 ? this.#items.length : at;
    const to = Math.min(Math.max(from + step, 0), this.#items.length - 1);
    const item = this.#items[to];
    this.#reveal(to);
    this.#draw();
    const row = this.#drawn.get(keyOf(item))?.firstElementChild;
    row?.focus({ preventScroll: true });
    if (!item.folded) {
      this.select(item.row, true, false);
    }
  }

  #reveal(at) {
    const top = at * this.#rowHeight;
    const { scrollTop, clientHeight } = this.#view;
    if (top < scrollTop || top + this.#rowHeight > scrollTop + clientHeight) {
      this.#view.scrollTop = top - clientHeight / 2;
      this.#following = at === this.#items.length - 1;
    }
  }
}

function keyOf({ row, folded }) {
  return folded ? `fold ${row.id}` : row.id;
}

function tag({ client }) {
  return { partner: 'P', talk: 'T' }[client] ?? client;
}
