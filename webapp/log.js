// The log: rows of events and messages, oldest first, never more than a bound.

/** Newest rows that are kept; an open page does not grow for ever. */
const MAX_ROWS = 1000;

/** How close to the end, in pixels, still counts as "at the end". */
const END_SLACK = 8;

/**
 * Rows arrive by `add` and are drawn together once per animation frame, so that a flood of messages costs one layout.
 * The view follows the newest row until the reader scrolls up.
 */
export class Log {
  #pending = [];
  #dropped = 0;
  #frame = 0;
  #view = document.querySelector('#log');
  #rows = document.querySelector('#rows');
  #empty = document.querySelector('#log-empty');
  #note = document.querySelector('#log-note');
  #newest = document.querySelector('#newest');

  constructor() {
    this.#newest.addEventListener('click', () => this.#toEnd());
    this.#view.addEventListener('scroll', () => {
      if (this.#atEnd()) {
        this.#newest.hidden = true;
      }
    });
  }

  /**
   * Adds a row: `side` is 'sent', 'received', 'event' or 'failure'; `name` is the API's word; `text` is the payload or
   * the facts; `note` explains; `size` is for messages.
   */
  add(row) {
    this.#pending.push({ time: new Date(), ...row });
    if (this.#pending.length > MAX_ROWS) {
      this.#pending.shift();
      this.#dropped++;
    }
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  clear() {
    this.#pending = [];
    this.#dropped = 0;
    this.#rows.replaceChildren();
    this.#draw();
  }

  #draw() {
    this.#frame = 0;
    const following = this.#atEnd();
    this.#rows.append(...this.#pending.map(rowElement));
    this.#pending = [];
    while (this.#rows.childElementCount > MAX_ROWS) {
      this.#rows.firstElementChild.remove();
      this.#dropped++;
    }
    this.#empty.hidden = this.#rows.childElementCount > 0;
    this.#note.hidden = this.#dropped === 0;
    this.#note.textContent = `The log keeps the newest ${MAX_ROWS} rows; ${this.#dropped} older ones are gone.`;
    if (following) {
      this.#toEnd();
    } else {
      this.#newest.hidden = false;
    }
  }

  #atEnd() {
    return this.#view.scrollHeight - this.#view.scrollTop - this.#view.clientHeight <= END_SLACK;
  }

  #toEnd() {
    this.#view.scrollTop = this.#view.scrollHeight;
    this.#newest.hidden = true;
  }
}

const ARROWS = { sent: '↑', received: '↓', event: '•', failure: '×' };
const SPOKEN = { sent: 'sent', received: 'received', event: 'event', failure: 'failure' };

function rowElement({ time, side, name, text, note, size }) {
  const row = element('li', `row ${side}`);
  const clock = element('time', 'time', time.toTimeString().slice(0, 8) + '.' + String(time.getMilliseconds()).padStart(3, '0'));
  clock.dateTime = time.toISOString();
  const arrow = element('span', 'arrow', ARROWS[side]);
  arrow.setAttribute('role', 'img');
  arrow.setAttribute('aria-label', SPOKEN[side]);
  row.append(clock, arrow, element('span', 'name', name), element('span', 'size', size ?? ''));
  const body = element('div', 'body');
  if (text) {
    // What a peer wrote may run from right to left: bdi keeps that from disturbing the row.
    body.append(element('bdi', 'text', text));
  }
  if (note) {
    body.append(element('p', 'explained', note));
  }
  row.append(body);
  return row;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}
