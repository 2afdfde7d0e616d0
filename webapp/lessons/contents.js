// The head of the drawer: how far the learner is, the list of lessons, the track, and the text to read.

import { button, element, link } from '../ui/dom.js';
import { LESSONS } from './lessons.js';
import { minutes } from './prose.js';

const SIGNS = { done: '✓', skipped: '–', open: '' };

const TRACKS = { all: 'All 20', fast: 'Fast track: 5' };

/** `onread(wanted)` hears whether the course is wanted as a text, `onchoose(id)` which lesson. */
export class Contents {
  element;
  #course;
  #count = element('p', 'count');
  #bar = document.createElement('progress');
  #list = element('ol', 'contents');
  #open;
  #read;
  #onchoose;

  constructor(course, { onread, onchoose }) {
    this.#onchoose = onchoose;
    this.#course = course;
    this.#bar.setAttribute('aria-hidden', 'true');
    this.#open = button('Contents', () => this.unfold(this.#list.hidden), 'quiet');
    this.#open.setAttribute('aria-expanded', 'false');
    this.#read = toggle('Read as a text', onread);
    this.#list.hidden = true;
    this.element = element(
      'div', 'course-head', this.#bar, this.#count, this.#tracks(), this.#open, this.#read, this.#list);
  }

  /** Whether the contents are unfolded. */
  unfold(wanted) {
    this.#open.setAttribute('aria-expanded', String(wanted));
    this.#list.hidden = !wanted;
  }

  unread() {
    this.#read.setAttribute('aria-pressed', 'false');
  }

  show() {
    const course = this.#course;
    const done = course.lessons.filter(({ id }) => course.mark(id) === 'done').length;
    this.#bar.max = course.lessons.length;
    this.#bar.value = done;
    this.#count.textContent = `${done} of ${course.lessons.length} done`
      + (course.keeps ? '' : '; this browser keeps nothing, so that is forgotten when you leave');
    this.#list.replaceChildren(...LESSONS.map((lesson) => this.#line(lesson)));
  }

  #line(lesson) {
    const mark = this.#course.mark(lesson.id);
    const sign = element('span', 'mark', SIGNS[mark]);
    sign.setAttribute('aria-hidden', 'true');
    const place = link(`#/lesson/${lesson.id}`, `${lesson.id}. ${lesson.title}`);
    place.addEventListener('click', () => this.#onchoose(lesson.id));
    if (lesson.id === this.#course.current) {
      place.setAttribute('aria-current', 'step');
    }
    const spoken = mark === 'open' ? [] : [element('span', 'unseen', `, ${mark}`)];
    const line = element('li', '', sign, place, ...spoken, element('span', 'hint', minutes(lesson)));
    line.dataset.mark = mark;
    line.dataset.track = String(this.#course.lessons.includes(lesson));
    return line;
  }

  #tracks() {
    const made = element('fieldset', 'switch', element('legend', '', 'Lessons'));
    for (const [track, label] of Object.entries(TRACKS)) {
      const choice = document.createElement('input');
      Object.assign(choice, { type: 'radio', name: 'track', value: track, checked: this.#course.track === track });
      choice.addEventListener('change', () => { this.#course.track = track; });
      made.append(element('label', '', choice, element('span', '', label)));
    }
    made.title = 'The fast track is lessons 1, 3, 5, 10 and 13, for those who know HTTP';
    return made;
  }
}

function toggle(text, onchange) {
  const made = button(text, () => {
    const pressed = made.getAttribute('aria-pressed') !== 'true';
    made.setAttribute('aria-pressed', String(pressed));
    onchange(pressed);
  }, 'quiet');
  made.setAttribute('aria-pressed', 'false');
  return made;
}
