// The drawer of lessons: the course's head, and below it one lesson, or all of them as a text.

import { element } from '../ui/dom.js';
import { Contents } from './contents.js';
import { lessonOf } from './lessons.js';
import { LessonView } from './lessonview.js';
import { readingView } from './reading.js';
import { Stage } from './stage.js';

/**
 * `navigate(hash)` goes to `#/lesson/5`; the page then calls `show(5)`. `showRow(row, byPerson)` shows a row of the lab where
 * the page shows rows; one that nobody asked for moves neither the focus nor the view.
 */
export class LessonDrawer {
  #course;
  #navigate;
  #showRow;
  #stage;
  #contents;
  #body = element('div', 'course-body');
  #status = element('p', 'unseen');
  #view = null;
  #planned = 0;

  constructor(place, course, { navigate, showRow = () => {} }) {
    this.#course = course;
    this.#navigate = navigate;
    this.#showRow = showRow;
    this.#stage = new Stage(course.lab, (row) => course.witness(row));
    this.#contents = new Contents(course, {
      onread: (wanted) => (wanted ? this.#read() : this.#build()),
      // The address may be there already, and then it does not change.
      onchoose: (id) => {
        this.show(id);
        this.#contents.unfold(false);
        this.#view.heading.focus();
      },
    });
    this.#status.setAttribute('role', 'status');
    place.classList.add('course');
    place.append(this.#contents.element, this.#body, this.#status);
    course.subscribe((event) => this.#heard(event));
  }

  /** Shows a lesson; without a number that of last time. Returns its number. */
  show(id = this.#course.current ?? this.#course.place) {
    const wanted = lessonOf(id) === null ? this.#course.place : id;
    if (wanted !== this.#course.current) {
      this.#course.go(wanted);
    } else if (!this.#view?.element.isConnected) {
      this.#build();
    }
    return wanted;
  }

  /** To the next lesson, as the button does. */
  next() {
    if (this.#course.current === null) {
      this.#go(this.#course.place);
    } else if (this.#course.following !== null) {
      this.#go(this.#course.following);
    }
  }

  #go(id) {
    this.#course.go(id);
    this.#navigate(`#/lesson/${id}`);
    this.#view?.heading.focus();
  }

  #heard({ kind, id, step }) {
    const lesson = lessonOf(id);
    if (kind === 'moved') {
      this.#build();
    } else if (kind === 'progress') {
      // A thousand frames in a second are one drawing.
      this.#planned ||= requestAnimationFrame(() => {
        this.#planned = 0;
        this.#draw();
      });
    } else if (kind === 'kept' || kind === 'watched') {
      this.#rebuild();
    } else if (kind === 'seeing') {
      this.#view?.showMissing();
    } else if (kind === 'step') {
      this.#status.textContent = `Seen: ${lesson.steps.find((one) => one.id === step).label}.`;
      this.#showStep(step);
    } else if (kind === 'done') {
      this.#status.textContent = `Lesson ${id} is done. ${lesson.sentence}`;
      this.#draw();
    }
  }

  #build() {
    const lesson = lessonOf(this.#course.current);
    this.#contents.unread();
    if (lesson === null) {
      this.#body.replaceChildren();
      return;
    }
    const course = this.#course;
    this.#view = new LessonView(lesson, {
      course,
      stage: this.#stage,
      onshow: ({ row }) => this.#showFound(row),
      onnext: () => this.next(),
      onskip: () => this.#skip(),
      onagain: () => {
        course.again();
        this.#view.heading.focus();
      },
    });
    this.#contents.unfold(false);
    this.#body.replaceChildren(this.#view.element);
    this.#draw();
  }

  /** The track decides what comes next, and the server what can be seen. */
  #rebuild() {
    if (this.#view?.element.isConnected) {
      this.#build();
    } else {
      this.#contents.show();
    }
  }

  #skip() {
    this.#course.skip();
    this.#navigate(`#/lesson/${this.#course.current}`);
    this.#view?.heading.focus();
  }

  #draw() {
    this.#contents.show();
    if (this.#course.current !== null) {
      this.#view?.show(this.#course.progress(this.#course.current));
    }
  }

  /** “See” speaks of it, so the wire shows it; not to who works elsewhere, with the lesson out of sight. */
  #showStep(step) {
    const course = this.#course;
    const row = this.#rowOf(course.progress(course.current).seen[step].row);
    if (row !== undefined && this.#view?.element.getClientRects().length > 0) {
      this.#showRow(row, false);
    }
  }

  #rowOf(id) {
    return this.#course.lab.rows.findLast((one) => one.id === id);
  }

  #showFound(id) {
    const row = this.#rowOf(id);
    if (row === undefined) {
      this.#status.textContent = 'That row is no longer in the timeline.';
    } else {
      this.#showRow(row, true);
    }
  }

  #read() {
    this.#contents.unfold(false);
    this.#body.replaceChildren(readingView());
  }
}
