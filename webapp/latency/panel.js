// Latency: round trips to this server's echo, by time and by length, as charts and as figures.

import { button, element, find, link } from '../ui/dom.js';
import { milliseconds } from '../ui/strip.js';
import { chartByLength, chartByTime, loadPlots } from './charts.js';
import { figuresByLength, figuresOf, lengthInWords } from './figures.js';
import { EVERY, Probe, TIMES } from './probe.js';

/** Round trips that the chart keeps: ten minutes. */
const MAX_TRIPS = 6000;

/** Milliseconds between two drawings. */
const DRAW_EVERY = 250;

const CHOICES = [16, 1024, 16_384];
const LENGTHS = [1, 16, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];

const count = new Intl.NumberFormat('en');

/** Fills the panel. */
export async function latency(lab) {
  const Plot = await loadPlots();
  new Panel(lab, Plot);
}

class Panel {
  #lab;
  #probe;
  #charts;
  #figures;
  /** Round trips by time, and by length. */
  #trips = { byTime: [], byLength: [] };
  /** `byTime`, `byLength`, or null while nothing is measured. */
  #measuring = null;
  #drawnAt = 0;
  #summary = element('p', 'fact', 'Not measured yet.');
  /** For the ear: not each of the figures while they change, only what came out. */
  #said = element('p', 'unseen');
  #problem = element('p', 'problem');
  #size = element('select', '', ...CHOICES.map((bytes) => new Option(lengthInWords(bytes), bytes)));
  #buttons = { byTime: button('Measure', () => this.#toggle('byTime'), 'primary'), byLength: button('Try sizes', () => this.#toggle('byLength')) };
  #body = element('tbody');

  constructor(lab, Plot) {
    this.#lab = lab;
    this.#said.setAttribute('role', 'status');
    this.#problem.setAttribute('role', 'alert');
    this.#size.setAttribute('aria-label', 'Length of each message');
    const [byTime, byLength] = [element('div', 'chart'), element('div', 'chart')];
    this.#figures = { byTime: figureOf(byTime, 'By time'), byLength: figureOf(byLength, 'By length of the payload, and the medians') };
    find('#latency-panel').replaceChildren(
      element('div', 'panel-head', this.#buttons.byTime, this.#size, this.#buttons.byLength, this.#summary),
      this.#problem, this.#said,
      element('div', 'charts',
        this.#figures.byTime, this.#figures.byLength, this.#table()),
      explanation(),
    );
    this.#charts = { byTime: chartByTime(Plot, byTime), byLength: chartByLength(Plot, byLength) };
    this.#probe = new Probe(lab.url('echo'), { trip: (trip) => this.#heard(trip), end: (problem) => this.#ended(problem) });
  }

  #table() {
    const head = ['payload', 'trips', 'p50', 'p99', 'longest'].map((name) => {
      const cell = element('th', '', name);
      cell.scope = 'col';
      return cell;
    });
    const table = element('table', 'figures',
      element('caption', '', 'The same in figures'), element('thead', '', element('tr', '', ...head)), this.#body);
    this.#fill();
    return table;
  }

  #toggle(what) {
    if (this.#measuring !== null) {
      this.#probe.stop();
      return;
    }
    this.#problem.textContent = '';
    this.#trips[what] = [];
    this.#mark(what);
    if (what === 'byTime') {
      this.#probe.byTime(Number(this.#size.value));
    } else {
      const most = this.#lab.watching?.maxMessage ?? Infinity;
      this.#probe.byLength(LENGTHS.filter((bytes) => bytes <= most));
    }
  }

  #mark(measuring) {
    this.#measuring = measuring;
    this.#buttons.byTime.textContent = measuring === 'byTime' ? 'Stop' : 'Measure';
    this.#buttons.byLength.textContent = measuring === 'byLength' ? 'Stop' : 'Try sizes';
    this.#buttons.byTime.disabled = measuring === 'byLength';
    this.#buttons.byLength.disabled = measuring === 'byTime';
  }

  #heard(trip) {
    const trips = this.#trips[this.#measuring];
    trips.push(trip);
    if (trips.length > MAX_TRIPS) {
      trips.shift();
    }
    const now = performance.now();
    if (now - this.#drawnAt > DRAW_EVERY) {
      this.#drawnAt = now;
      this.#draw();
    }
  }

  #draw() {
    const measuring = this.#measuring;
    this.#figures[measuring].hidden = this.#trips[measuring].length === 0;
    this.#charts[measuring].show(this.#trips[measuring]);
    this.#summary.textContent = summary(this.#trips[measuring]);
    this.#fill();
  }

  #ended(problem) {
    this.#draw();
    this.#mark(null);
    this.#problem.textContent = problem ?? '';
    this.#said.textContent = this.#summary.textContent;
  }

  #fill() {
    const rows = [
      ...figuresByLength(this.#trips.byTime).map((figures) => row(`${lengthInWords(figures.bytes)}, by time`, figures)),
      ...figuresByLength(this.#trips.byLength).map((figures) => row(lengthInWords(figures.bytes), figures)),
    ];
    this.#body.replaceChildren(...(rows.length > 0 ? rows : [element('tr', '', empty())]));
  }
}

/** A chart with its caption, hidden until there is something to see. */
function figureOf(canvas, caption) {
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `Round trips ${caption.replace('By', 'by')}: a chart. The table beside it has the figures.`);
  const figure = element('figure', '', element('figcaption', '', caption), canvas);
  figure.hidden = true;
  return figure;
}

function row(name, { count: trips, p50, p99, longest }) {
  const head = element('th', '', name);
  head.scope = 'row';
  return element('tr', '', head, ...[count.format(trips), ...[p50, p99, longest].map(milliseconds)].map((text) => element('td', '', text)));
}

function empty() {
  const cell = element('td', 'hint', 'Nothing yet: press Measure, or Try sizes.');
  cell.colSpan = 5;
  return cell;
}

function summary(trips) {
  if (trips.length === 0) {
    return 'No round trip yet.';
  }
  const { p50, p99, longest } = figuresOf(trips);
  return `${count.format(trips.length)} round trips · p50 ${milliseconds(p50)} · p99 ${milliseconds(p99)} · longest ${milliseconds(longest)}`;
}

function explanation() {
  const paragraphs = [
    'A round trip begins when this page calls send() and ends when its onmessage runs. So it holds the queue of the page’s own '
    + 'event loop, the browser, which masks and frames, both kernels and the network between them, and the server; not the server alone. '
    + 'On your own machine the browser is most of it. A page’s clock ticks in tenths of a millisecond at best.',
    'p50 is the round trip that half of them do not exceed, p99 the one that 99 of 100 do not; of fewer than 100, p99 is the longest.',
    `Measure asks every ${EVERY} ms, whether or not the last answer is there: an open loop, in which a slow answer does not keep the `
    + `next question from being asked. Try sizes waits for each answer, ${TIMES} times for each length: a closed loop. In a closed `
    + 'loop a server that stops for a second spoils one figure, where all who would have asked in that second would have waited. Leaving '
    + 'those out is called coordinated omission.',
    'This page leaves out some as well: while it is hidden or busy, it asks nothing. To measure a server, use wscratch bench, '
    + 'which counts from the moment at which each message was due.',
  ];
  return element('details', 'explained', element('summary', '', 'What am I measuring?'),
    ...paragraphs.map((text) => element('p', '', text)),
    element('p', '', 'More on waiting: ', link('#/lesson/12', 'lesson 12, Is anybody there?'), ' and ', link('#/lesson/2', 'lesson 2, Before WebSockets'), '.'));
}
