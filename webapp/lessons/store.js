// What is remembered between visits. Where the browser keeps nothing, the course works all the same, and forgets.

const KEY = 'wscratch.lessons';

const NOTHING = Object.freeze({ done: Object.freeze([]), skipped: Object.freeze([]), current: null, track: 'all' });

/** Takes whatever stands in the browser, be it damaged or of another version, and makes it a valid state. */
export class Store {
  state = NOTHING;
  /** Whether what is kept outlives the page. */
  works = false;
  #storage;

  /** `storage` is the browser's, unless a test has another; null keeps nothing. */
  constructor(storage = browsers()) {
    this.#storage = storage;
    this.state = this.#read();
  }

  /** Marks that another tab has made meanwhile stay: what is done or skipped is never taken back. */
  keep(changes) {
    this.#join();
    this.state = united({ ...this.state, ...changes }, this.state);
    try {
      this.#storage.setItem(KEY, JSON.stringify(this.state));
    } catch {
      // Full, or denied: `works` says so, and the drawer shows it.
      this.works = false;
    }
  }

  /** Takes over the marks of another tab, after a `storage` event of this key; whether there were new ones. */
  hear({ key }) {
    const { done, skipped } = this.state;
    if (key === KEY) {
      this.#join();
    }
    return this.state.done.length > done.length || this.state.skipped.length !== skipped.length;
  }

  #join() {
    this.state = united(this.state, this.#read());
  }

  #read() {
    try {
      const kept = this.#storage.getItem(KEY);
      this.works = true;
      return valid(JSON.parse(kept ?? '{}'));
    } catch {
      // Denied, not there, or not what it was: the course begins anew.
      return NOTHING;
    }
  }

  /** Adds lessons that were done elsewhere. */
  merge(done) {
    const more = done.filter((id) => !this.state.done.includes(id));
    if (more.length > 0) {
      this.keep({ done: [...this.state.done, ...more] });
    }
  }
}

/** `state` with the marks of both; done is more than skipped. */
function united(state, other) {
  const done = numbers([...state.done, ...other.done]);
  return { ...state, done, skipped: numbers([...state.skipped, ...other.skipped]).filter((id) => !done.includes(id)) };
}

/** Even asking for it throws where storage is denied. */
function browsers() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

function valid({ done, skipped, current, track }) {
  return {
    done: numbers(done),
    skipped: numbers(skipped),
    current: Number.isInteger(current) ? current : null,
    track: track === 'fast' ? 'fast' : 'all',
  };
}

function numbers(list) {
  return Array.isArray(list) ? [...new Set(list.filter(Number.isInteger))] : [];
}
