// Where the learner is in the course: which lesson, what it has seen, which are done. Kept in the browser.

import { advance, BEGINNING, judge } from './judge.js';
import { FAST_TRACK, lessonOf, LESSONS } from './lessons.js';
import { Store } from './store.js';

/**
 * The current lesson's judge sees each row of the lab from the moment the lesson is chosen; those that the page does by
 * itself also see earlier rows. Listeners hear `{ kind, id }`: `moved` to a lesson, `progress` in it, `step` when a step is
 * done (with `step`), `done` with it, `kept` when a mark or the track has changed, `watched` when it is known
 * what the server shows, `seeing` when that has changed.
 */
export class Course {
  /** The number of the lesson, or null before the first. */
  current = null;

  /** Whether it is known by now what the server shows. */
  watched = false;

  #lab;
  #store;
  #listeners = new Set();
  /** What each lesson has seen, by number, as long as the page is open. */
  #progress = new Map();

  /** `page` is the page's location; `store` what keeps texts by name, as `localStorage` does, or null. */
  constructor(lab, { store, page = location } = {}) {
    this.#lab = lab;
    this.#store = new Store(store);
    this.#store.merge(doneElsewhere(page));
    // Another tab of this browser has marked a lesson.
    globalThis.addEventListener?.('storage', (event) => this.#store.hear(event) && this.#tell({ kind: 'progress', id: this.current }));
    lab.subscribe((row) => this.witness(row.kind === 'update' ? row.row : row));
    lab.onwatching(() => this.#tell({ kind: 'seeing', id: this.current }));
    lab.watch().then(() => {
      this.watched = true;
      this.#tell({ kind: 'watched', id: this.current });
    });
  }

  get lab() {
    return this.#lab;
  }

  /** What the judges may rely on. */
  get scene() {
    return { frames: this.#lab.watching?.frames === true };
  }

  /** `all` or `fast`. */
  get track() {
    return this.#store.state.track;
  }

  set track(track) {
    this.#store.keep({ track });
    this.#tell({ kind: 'kept', id: this.current });
  }

  /** The lessons of the track, in order. */
  get lessons() {
    return this.track === 'fast' ? FAST_TRACK.map(lessonOf) : LESSONS;
  }

  /** The lesson where the learner was when the page was left, or the first of the track. */
  get place() {
    return lessonOf(this.#store.state.current)?.id ?? this.lessons[0].id;
  }

  /** The numbers of those that are done. */
  get done() {
    return this.#store.state.done;
  }

  /** `done`, `skipped` or `open`. */
  mark(id) {
    const { done, skipped } = this.#store.state;
    return done.includes(id) ? 'done' : skipped.includes(id) ? 'skipped' : 'open';
  }

  /** Whether marks outlive the page. */
  get keeps() {
    return this.#store.works;
  }

  /** `{ seen, memory, done }` of a lesson since the page was opened. */
  progress(id) {
    return this.#progress.get(id) ?? BEGINNING;
  }

  /** Goes to a lesson; a number that is none changes nothing. */
  go(id) {
    const lesson = lessonOf(id);
    if (lesson === null || id === this.current) {
      return;
    }
    this.current = id;
    this.#store.keep({ current: id });
    if (lesson.replay && this.progress(id) === BEGINNING) {
      this.#progress.set(id, judge(lesson, this.#lab.rows, this.scene));
    }
    this.#tell({ kind: 'moved', id });
    this.#finish(lesson);
  }

  /** The number of the lesson behind the current one, or null behind the last. */
  get following() {
    const ids = this.lessons.map(({ id }) => id);
    return ids.find((id) => id > (this.current ?? 0)) ?? null;
  }

  next() {
    if (this.following !== null) {
      this.go(this.following);
    }
  }

  /** Marks the current lesson and goes on. */
  skip() {
    if (this.current !== null && this.mark(this.current) === 'open') {
      this.#store.keep({ skipped: [...this.#store.state.skipped, this.current] });
    }
    this.next();
  }

  /** Begins the current lesson again; it stays marked as it is. */
  again() {
    this.#progress.set(this.current, BEGINNING);
    this.#tell({ kind: 'moved', id: this.current });
  }

  /** Shows the judge a row: one of the lab, or one of what only the page saw. */
  witness(row) {
    const lesson = lessonOf(this.current);
    if (lesson === null || row.kind === 'cleared') {
      return;
    }
    const before = this.progress(lesson.id);
    const after = advance(lesson, before, row, this.scene);
    if (after === before) {
      return;
    }
    this.#progress.set(lesson.id, after);
    this.#tell({ kind: 'progress', id: lesson.id });
    for (const { id: step } of lesson.steps) {
      if (after.seen[step] && !before.seen[step]) {
        this.#tell({ kind: 'step', id: lesson.id, step });
      }
    }
    if (!before.done) {
      this.#finish(lesson);
    }
  }

  /** Returns how to unsubscribe. */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #finish({ id }) {
    if (!this.progress(id).done) {
      return;
    }
    const { done, skipped } = this.#store.state;
    if (!done.includes(id)) {
      this.#store.keep({ done: [...done, id], skipped: skipped.filter((one) => one !== id) });
    }
    this.#tell({ kind: 'done', id });
  }

  #tell(event) {
    this.#listeners.forEach((listener) => listener(event));
  }
}

/** Lesson 20 leads to the page over https, which is another origin with a store of its own: the marks travel along. No other link makes marks. */
function doneElsewhere(page) {
  if (page.protocol !== 'https:' || page.hash !== '#/lesson/20') {
    return [];
  }
  const ids = new URLSearchParams(page.search).get('lessons') ?? '';
  return ids.split(',').map(Number).filter((id) => lessonOf(id) !== null);
}
