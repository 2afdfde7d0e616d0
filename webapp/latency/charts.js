// The two charts: round trips by time, and by length. Drawn by uPlot, in the page's own colours.

import { figuresByLength, figuresOf, lengthInWords } from './figures.js';

const HEIGHT = 200;
/** Room for what is written beside the axes. */
const X_SIZE = 32;
const Y_SIZE = 58;
const LEAST_WIDTH = 200;

/** Where the axis of lengths has a line. */
const LENGTHS = [1, 16, 256, 4096, 65_536, 1_048_576];

const DASHED = [6, 4];
const DOTTED = [2, 3];

/** Loads uPlot, once, and gives it. */
export async function loadPlots() {
  await Promise.all([load('link', { rel: 'stylesheet', href: 'uplot/uPlot.min.css' }), load('script', { src: 'uplot/uPlot.iife.min.js' })]);
  return globalThis.uPlot;
}

/** `show(trips)` draws each round trip, with p50 and p99 of all of them as lines. */
export function chartByTime(Plot, place) {
  let figures = figuresOf([]);
  const plot = made(Plot, place, {
    scales: { x: { time: false }, y: { range: fromZero } },
    series: [{}, { stroke: colour('--accent'), points: { size: 4 } }],
    axes: [axis({ size: X_SIZE, values: (_, splits) => splits.map((second) => `${second} s`) }), axis({ values: inMilliseconds })],
    hooks: {
      draw: [(drawn) => {
        line(drawn, figures.p50, '--received', DASHED, 'p50');
        line(drawn, figures.p99, '--sent', DOTTED, 'p99');
      }],
    },
  }, [[], []]);
  return {
    show(trips) {
      figures = figuresOf(trips);
      plot.setData([trips.map(({ at }) => at / 1000), trips.map(({ rtt }) => rtt)]);
    },
  };
}

/** `show(trips)` draws each round trip as a point, with the median of each length joined by a line. */
export function chartByLength(Plot, place) {
  const plot = made(Plot, place, {
    // uPlot would widen a logarithmic axis to whole powers of its base.
    scales: { x: { time: false, distr: 3, log: 2, range: () => [0.8, 1_300_000] }, y: { range: fromZero } },
    series: [
      {},
      { stroke: colour('--accent'), paths: () => null, points: { show: true, size: 5 } },
      { stroke: colour('--received'), dash: DASHED, width: 1.5, spanGaps: true, points: { show: false } },
    ],
    axes: [
      axis({ size: X_SIZE, splits: () => LENGTHS, filter: (_, splits) => splits, values: (_, splits) => splits.map(lengthInWords) }),
      axis({ values: inMilliseconds }),
    ],
  }, [[], [], []]);
  return {
    show(trips) {
      const sorted = [...trips].sort((one, other) => one.bytes - other.bytes);
      const medians = new Map(figuresByLength(trips).map(({ bytes, p50 }) => [bytes, p50]));
      plot.setData([
        sorted.map(({ bytes }) => bytes),
        sorted.map(({ rtt }) => rtt),
        sorted.map(({ bytes }) => {
          const median = medians.get(bytes) ?? null;
          medians.delete(bytes);
          return median;
        }),
      ]);
    },
  };
}

function made(Plot, place, options, data) {
  const plot = new Plot({
    width: LEAST_WIDTH, height: HEIGHT, legend: { show: false }, cursor: { show: false }, padding: [12, 12, 0, 0], ...options,
  }, data, place);
  new ResizeObserver(() => plot.setSize({ width: Math.max(place.clientWidth, LEAST_WIDTH), height: HEIGHT })).observe(place);
  // What is on the canvas does not follow the person's colours by itself.
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw());
  return plot;
}

function fromZero(_, least, most) {
  return [0, Math.max((most ?? 0) * 1.15, 1)];
}

function inMilliseconds(_, splits) {
  return splits.map((value) => `${value} ms`);
}

function axis(more) {
  const faint = { stroke: colour('--line'), width: 1 };
  return { stroke: colour('--soft'), grid: faint, ticks: faint, font: '12px system-ui, sans-serif', size: Y_SIZE, ...more };
}

/** Asked at each drawing, since the person's colours may change. */
function colour(name) {
  return () => valueOf(name);
}

function valueOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name);
}

/** A level line across the chart with its name. */
function line(plot, value, name, dash, label) {
  if (!Number.isFinite(value)) {
    return;
  }
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  const y = Math.round(plot.valToPos(value, 'y', true));
  ctx.save();
  ctx.strokeStyle = valueOf(name);
  ctx.fillStyle = valueOf(name);
  ctx.lineWidth = 1.5 * scale;
  ctx.setLineDash(dash.map((part) => part * scale));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `600 ${12 * scale}px system-ui, sans-serif`;
  ctx.textAlign = 'right';
  // p99 above its line and p50 below its own, so that they do not cover each other.
  ctx.textBaseline = label === 'p99' ? 'bottom' : 'top';
  const x = bbox.left + bbox.width;
  const beside = y + (label === 'p99' ? -3 : 3) * scale;
  ctx.setLineDash([]);
  ctx.lineWidth = 4 * scale;
  ctx.strokeStyle = valueOf('--card');
  ctx.strokeText(label, x, beside);
  ctx.fillText(label, x, beside);
  ctx.restore();
}

function load(tag, attributes) {
  return new Promise((resolve, reject) => {
    const asked = Object.assign(document.createElement(tag), attributes);
    asked.addEventListener('load', resolve);
    asked.addEventListener('error', () => {
      asked.remove();
      reject(new Error(`The chart’s program did not load from ${attributes.src ?? attributes.href}.`));
    });
    document.head.append(asked);
  });
}
