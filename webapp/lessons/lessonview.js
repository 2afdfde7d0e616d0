// One lesson: what to do, what was seen, and, once it is done, what it means.

import { Problem } from '../problem.js';
import { button, element } from '../ui/dom.js';
import { minutes, prose, standards, titled } from './prose.js';
import { SeenList } from './seen.js';
import { TOOLS } from './tools.js';

/** The lesson that needs what only a server of wscratch's own has, but no frames. */
const POLLING = 2;

/** Built anew for each lesson. `stage` does the actions; `onshow(finding)` shows a row; `onnext()`, `onskip()`. */
export class LessonView {
  element;
  heading;
  #lesson;
  #course;
  #seen;
  #after;
  #missing = element('div', '');
  #says = element('p', 'said');
  #problem = element('p', 'problem');
  #ways;

  constructor(lesson, { course, stage, onshow, onnext, onskip, onagain }) {
    this.#lesson = lesson;
    this.#course = course;
    this.#seen = new SeenList(lesson, onshow);
    this.#after = after(lesson);
    this.heading = element('h3', '', `${lesson.id}. ${lesson.title}`);
    this.heading.tabIndex = -1;
    this.heading.id = 'lesson-heading';
    this.#says.setAttribute('role', 'status');
    this.#problem.setAttribute('role', 'alert');
    this.#ways = new Ways({ lesson, course, onnext, onskip, onagain });
    this.element = element('article', 'lesson', this.#todo(course, stage), this.#toread());
    this.element.setAttribute('aria-labelledby', 'lesson-heading');
  }

  /** Says what cannot be done here, as it is now. */
  showMissing() {
    const said = missing(this.#lesson, this.#course);
    this.#missing.hidden = said.length === 0;
    this.#missing.replaceChildren(...said);
  }

  show(progress) {
    this.#seen.show(progress);
    this.#after.hidden = !progress.done;
    this.#ways.show(progress);
  }

  #todo(course, stage) {
    const lesson = this.#lesson;
    const head = element('div', 'lesson-head', this.heading, element('p', 'hint', minutes(lesson)), this.#ways.element);
    const actions = element('div', 'chips actions', ...lesson.actions.map((action) => this.#action(action, stage)));
    actions.setAttribute('role', 'group');
    actions.setAttribute('aria-label', 'Do it');
    this.showMissing();
    const tool = TOOLS[lesson.id]?.({ course, stage, attempt: (run) => this.#attempt(run) });
    return element(
      'div', 'todo', head, this.#missing, titled('Do', lesson.do), actions, this.#says, this.#problem,
      titled('Done when', lesson.done, 'titled done-when'), this.#seen.element, ...(tool ? [tool] : []));
  }

  #toread() {
    const lesson = this.#lesson;
    return element(
      'div', 'toread', titled('See', lesson.see), folded('Hint', [lesson.hint]), folded('Why?', lesson.why), this.#after,
      standards(lesson));
  }

  #action({ label, run }, stage) {
    const made = button(typeof label === 'function' ? label(stage) : label, () => this.#attempt(() => run(stage), made));
    return made;
  }

  /** What an action says, or what went wrong. A button at work is not pressed again; it keeps the focus, as a disabled one would not. */
  async #attempt(run, pressed) {
    if (pressed?.getAttribute('aria-disabled') === 'true') {
      return;
    }
    this.#problem.textContent = '';
    this.#says.textContent = '';
    pressed?.setAttribute('aria-disabled', 'true');
    try {
      const said = await run();
      this.#says.textContent = typeof said === 'string' ? said : '';
    } catch (problem) {
      if (!(problem instanceof Problem || problem instanceof DOMException)) {
        throw problem;
      }
      this.#problem.textContent = problem.message;
    } finally {
      pressed?.removeAttribute('aria-disabled');
    }
  }
}

/** The buttons that leave a lesson: Next is the loud one once the lesson is done. */
class Ways {
  element;
  #next;
  #skip;
  #again;

  constructor({ lesson, course, onnext, onskip, onagain }) {
    const last = course.following === null;
    this.#next = button(last ? 'That was the last' : 'Next', onnext);
    this.#next.disabled = last;
    this.#skip = button('Skip', onskip, 'quiet');
    this.#skip.hidden = last || course.mark(lesson.id) === 'done';
    this.#again = button('Again', onagain, 'quiet');
    this.element = element('div', 'ways', this.#again, this.#skip, this.#next);
  }

  show({ done, seen }) {
    this.#next.className = done && !this.#next.disabled ? 'primary' : '';
    this.#skip.hidden ||= done;
    this.#again.hidden = Object.keys(seen).length === 0;
  }
}

function after(lesson) {
  const heading = element('h4', '', 'Done. What you have seen');
  return element(
    'section', 'after', heading, prose('p', 'sentence', lesson.sentence), ...lesson.after.map((text) => prose('p', '', text)),
    titled('For the eager', lesson.challenge, 'titled challenge'));
}

function folded(title, texts) {
  return element('details', '', element('summary', '', title), ...texts.map((text) => prose('p', '', text)));
}

/** What cannot be done here, and what can instead. */
function missing(lesson, course) {
  return [...missingSight(lesson, course), ...missingFaults(lesson, course)];
}

/** Which buttons need a server that misbehaves on request, where this one does not. */
function missingFaults({ actions }, { lab: { watching } }) {
  const faults = actions.filter(({ fault }) => fault).map(({ label }) => `“${label}”`);
  return faults.length === 0 || watching === null || watching.faults === true ? [] : [prose(
    'p', 'missing',
    `Here nothing comes of ${faults.join(', ')}: the server is to misbehave on request, and this one was started without faults, or it is an app server. \`scripts/wscratch serve\` has them, unless \`--no-faults\` switches them off.`)];
}

function missingSight(lesson, course) {
  const { watching } = course.lab;
  if (lesson.id === POLLING && watching !== null && !watching.frames) {
    return [prose(
      'p', 'missing',
      'This lesson asks `/poll`, and the server below, which is not wscratch’s own, has none. The second button works. With `scripts/wscratch serve` you see all of it.')];
  }
  if (!lesson.needsFrames || !course.watched || course.scene.frames) {
    return [];
  }
  return [prose(
    'p', 'missing',
    'This lesson is judged by frames, and here they cannot be seen: the server below is not wscratch’s own, or it was started without the inspector. The buttons still work as far as the server goes along; your browser’s own network panel shows the messages; and the lesson reads as a text. With `scripts/wscratch serve` you see all of it.')];
}
