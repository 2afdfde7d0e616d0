// Latency: round trips to this server's echo by time, measured in the open, one question at a time or several.

import { button, element, find } from './dom.js';
import { milliseconds } from './strip.js';

/** Round trips that the chart keeps: ten minutes at the preset rate. */
const MAX_POINTS = 6000;

/** Milliseconds between two questions. */
const EVERY = 100;

/** Milliseconds between two drawings. */
const DRAW_EVERY = 250;

const HEIGHT = 220;
const SIZES = { '16 bytes': 16, '1 KiB': 1024, '16 KiB': 16384 };

/** Fills the panel. Its connection has no mark: it does not fill the timeline. */
export async function latency(lab) {
  const panel = find('#latency-panel');
  const chart = element('div', 'chart');
  const numbers = element('p', 'fact', 'Not measured yet.');
  numbers.setAttribute('role', 'status');
  const size = element('select', '', ...Object.entries(SIZES).map(([name, bytes]) => new Option(name, bytes)));
  size.setAttribute('aria-label', 'Length of each message');
  const plot = await makePlot(chart);
  const probe = new Probe(lab.url('echo'), (points) => {
    plot.setData([points.map(({ at }) => at / 1000), points.map(({ rtt }) => rtt)]);
    numbers.textContent = summary(points);
  });
  const run = button('Measure', () => {
    const running = probe.toggle(Number(size.value));
    run.textContent = running ? 'Stop' : 'Measure';
  }, 'primary');
  panel.replaceChildren(
    element('div', 'panel-head', run, size, numbers),
    chart,
    element('details', 'hint', element('summary', '', 'What am I measuring?'), element('p', '',
      `Every ${EVERY} ms this page sends a message to the server’s echo on a connection of its own, and takes the time until it is `
      + 'back: your browser, both networks, the server, and your browser again. The clock of a page ticks in tenths of a millisecond. '
      + 'A question is sent on time even when the last answer is late, so a pause is not hidden; to load a server, use wscratch bench.')),
  );
  new ResizeObserver(() => plot.setSize({ width: Math.max(chart.clientWidth, 200), height: HEIGHT })).observe(chart);
}

/** Asks at even times, and hears the answers in order. */
class Probe {
  #url;
  #onpoints;
  #socket = null;
  #timer = 0;
  #points = [];
  #asked = [];
  #drawnAt = 0;

  constructor(url, onpoints) {
    this.#url = url;
    this.#onpoints = onpoints;
  }

  /** Whether it runs now. */
  toggle(bytes) {
    if (this.#socket === null) {
      this.#start(new Uint8Array(bytes));
    } else {
      this.#socket.close(1000, 'measured');
      this.#end();
    }
    return this.#socket !== null;
  }

  #start(message) {
    const socket = new WebSocket(this.#url);
    const startedAt = performance.now();
    this.#socket = socket;
    this.#points = [];
    this.#asked = [];
    socket.addEventListener('open', () => {
      this.#timer = setInterval(() => {
        this.#asked.push(performance.now());
        socket.send(message);
      }, EVERY);
    });
    socket.addEventListener('message', () => {
      const now = performance.now();
      this.#points.push({ at: now - startedAt, rtt: now - this.#asked.shift() });
      if (this.#points.length > MAX_POINTS) {
        this.#points.shift();
      }
      if (now - this.#drawnAt > DRAW_EVERY) {
        this.#drawnAt = now;
        this.#onpoints(this.#points);
      }
    });
    socket.addEventListener('close', () => this.#socket === socket && this.#end());
  }

  #end() {
    clearInterval(this.#timer);
    this.#socket = null;
  }
}

function summary(points) {
  const sorted = points.map(({ rtt }) => rtt).sort((one, other) => one - other);
  const part = (share) => milliseconds(sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]);
  return `${points.length} round trips · p50 ${part(0.5)} · p99 ${part(0.99)} · longest ${part(1)}`;
}

async function makePlot(place) {
  await Promise.all([load('link', { rel: 'stylesheet', href: 'uplot/uPlot.min.css' }), load('script', { src: 'uplot/uPlot.iife.min.js' })]);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
  const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
  return new globalThis.uPlot({
    width: 600,
    height: HEIGHT,
    scales: { x: { time: false }, y: { range: (plot, least, most) => [0, Math.max(most * 1.1, 1)] } },
    series: [{ label: 'second' }, { label: 'RTT in ms', stroke: colour('--accent'), points: { size: 4 } }],
    axes: [axis, axis],
    legend: { show: false },
  }, [[], []], place);
}

function load(tag, attributes) {
  return new Promise((resolve, reject) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.addEventListener('load', resolve);
    made.addEventListener('error', () => reject(new Error(`cannot load ${attributes.src ?? attributes.href}`)));
    document.head.append(made);
  });
}
