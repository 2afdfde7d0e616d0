// The lessons, each put together from its text, its judge and its actions.

import { ACTIONS } from './actions.js';
import { BEGINNING_JUDGES } from './judges/beginnings.js';
import { FAILING_JUDGES } from './judges/failing.js';
import { FRAME_JUDGES } from './judges/frames.js';
import { LIVING_JUDGES } from './judges/living.js';
import { WORLD_JUDGES } from './judges/world.js';
import { TEXTS } from './texts.js';

const JUDGES = { ...BEGINNING_JUDGES, ...FRAME_JUDGES, ...LIVING_JUDGES, ...FAILING_JUDGES, ...WORLD_JUDGES };

/** For those who know HTTP and have a quarter of an hour. */
export const FAST_TRACK = [1, 3, 5, 10, 13];

/** What the page does by itself when it opens: rows from before the lesson count. */
const BY_ITSELF = new Set([1, 3, 20]);

/** What can be judged by the page's own events where no frames can be seen. */
const WITHOUT_FRAMES = new Set([2, 14, 16, 20]);

/**
 * In their order: `{ id, title, minutes, do, see, sentence, done, hint, why, after, challenge, links, steps, remember?,
 * actions, replay, needsFrames }`. In texts, what stands in `backquotes` is code.
 */
export const LESSONS = TEXTS.map((text) => ({
  ...text,
  ...JUDGES[text.id],
  actions: ACTIONS[text.id],
  replay: BY_ITSELF.has(text.id),
  needsFrames: !WITHOUT_FRAMES.has(text.id),
}));

export function lessonOf(id) {
  return LESSONS.find((lesson) => lesson.id === id) ?? null;
}

const STANDARDS = {
  6455: { name: 'RFC 6455', section: (number) => `https://www.rfc-editor.org/rfc/rfc6455#section-${number}` },
  7692: { name: 'RFC 7692', section: (number) => `https://www.rfc-editor.org/rfc/rfc7692#section-${number}` },
  whatwg: { name: 'WHATWG WebSockets', section: (anchor) => `https://websockets.spec.whatwg.org/#${anchor}` },
};

/** `{ text, href }` of a link in a lesson's `links`. */
export function linkOf([standard, section]) {
  const { name, section: address } = STANDARDS[standard];
  const place = standard === 'whatwg' ? section.replace('dom-websocket-', '') : `§${section}`;
  return { text: `${name} ${place}`, href: address(section) };
}
