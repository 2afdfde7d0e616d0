// The page's side of /inspect: the server's view of this page's connections, and what the server does for it.

import { Problem } from '../problem.js';

const SUBPROTOCOL = 'wscratch.inspect.v1';

/** How long the page waits for the server's view before it does without, in milliseconds; a server that has none says so at once. */
const WATCH_DEADLINE = 5000;

/** How long an answer may take; the partner of `raw` reads until two seconds of silence. */
const ANSWER_DEADLINE = 20_000;

/** The listener hears `onstart()` when a view begins, `onevent(event)` in the server's order, and `onend()` when the view is gone. */
export class Inspector {
  #url;
  #lab;
  #listener;
  #socket = null;
  #starting = null;
  #nextId = 1;
  /** Whether the server has an inspector, by what it says of itself; asked once. */
  #there = null;
  #about;
  /** By id, those whose answer has not come. */
  #questions = new Map();

  /** What the server said of itself, as long as it watches; otherwise null. */
  watching = null;

  /** `about`: where the server says whether it has an inspector; null where it surely has one. */
  constructor(url, lab, listener, about = null) {
    this.#about = about;
    this.#url = url;
    this.#lab = lab;
    this.#listener = listener;
  }

  /** Starts the view if there is none. The promise holds what the server said of itself, or null, soon. */
  async watch() {
    if (this.watching === null) {
      this.#starting ??= this.#start();
      await this.#starting;
    }
    return this.watching;
  }

  /** The promise rejects with a Problem: the server's, or that there is no inspector. */
  ask(command) {
    if (this.watching === null) {
      return Promise.reject(new Problem('There is no inspector here: the server was started without it, or it is another server.'));
    }
    const id = this.#nextId++;
    this.#socket.send(JSON.stringify({ ...command, id }));
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        this.#questions.delete(id);
        reject(new Problem(`The server did not answer “${command.type}” within ${ANSWER_DEADLINE / 1000} s. Try again.`));
      }, ANSWER_DEADLINE);
      this.#questions.set(id, { resolve, reject, deadline });
    });
  }

  async #start() {
    this.#there ??= isThere(this.#about);
    // A handshake that must fail would be an error on the console, each time.
    if (await this.#there) {
      await this.#open();
    }
  }

  #open() {
    return new Promise((resolve) => {
      const socket = new WebSocket(this.#url, SUBPROTOCOL);
      this.#socket = socket;
      setTimeout(resolve, WATCH_DEADLINE);
      socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'watch', lab: this.#lab })));
      socket.addEventListener('message', ({ data }) => this.#heard(JSON.parse(data), resolve));
      socket.addEventListener('close', () => {
        resolve();
        this.#end();
      });
    });
  }

  #heard(message, started) {
    switch (message.type) {
      case 'watching':
        this.watching = message;
        this.#listener.onstart();
        started();
        break;
      case 'events':
        message.list.forEach((event) => this.#listener.onevent(event));
        break;
      case 'done':
        this.#answered(message.id)?.resolve(message);
        break;
      case 'problem':
        this.#answered(message.id)?.reject(problemOf(message));
        if (this.watching === null) {
          // The watch itself was refused.
          this.#socket.close();
        }
        break;
      default: // of a newer server
    }
  }

  #answered(id) {
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    clearTimeout(question?.deadline);
    return question;
  }

  #end() {
    const had = this.watching !== null;
    this.watching = null;
    // The next Connect tries again, also after a first attempt that failed or was refused.
    this.#starting = null;
    for (const id of [...this.#questions.keys()]) {
      this.#answered(id).reject(new Problem('The connection to the inspector ended before the answer came.'));
    }
    if (had) {
      this.#listener.onend();
    }
  }
}

async function isThere(about) {
  if (about === null) {
    return true;
  }
  try {
    const answer = await fetch(about, { signal: AbortSignal.timeout(WATCH_DEADLINE) });
    return !answer.ok || (await answer.json()).inspector !== false;
  } catch {
    // Unknown, then: the handshake will show.
    return true;
  }
}

function problemOf({ code, expected, actual }) {
  const problem = new Problem(`The server expected ${expected}, got ${actual}. (${code})`);
  problem.code = code;
  return problem;
}
