// The lab as lessons use it: connections that are there when they are needed, and waiting for what must come.

import { Problem } from '../problem.js';

/** How long an action waits for the browser or the server, in milliseconds. */
const DEADLINE = 15_000;

/** Connections of lessons that may be under way at once, the endings of older ones included. */
const CLIENTS = 8;

/**
 * `witness(row)` takes what the wire cannot show, such as that the browser threw: a row `{ kind: 'note', name, detail }`.
 * Everything throws a Problem, or rejects with one, when it cannot be done.
 */
export class Stage {
  #witness;

  constructor(lab, witness) {
    this.lab = lab;
    this.#witness = witness;
  }

  /** Tells the judge what only the page saw. */
  note(name, detail) {
    this.#witness({ kind: 'note', name, detail, id: null, connection: null, client: null, direction: null });
  }

  /** The page's own connection if it is open at `/echo`, or can be; else one of the lesson's. Resolves when OPEN. */
  async echo() {
    const { lab } = this;
    await lab.watch();
    // No waiting from here to the connect: a second button may have been pressed meanwhile.
    const state = lab.state('A');
    if (state === 'OPEN' && this.#isGood('A')) {
      return new Line(this, 'A', lab.connectionOf('A'));
    }
    const line = state === 'CONNECTING' && this.#isGood('A')
      ? new Line(this, 'A', lab.connectionOf('A'))
      : this.#connect(state === 'CLOSED' ? 'A' : this.#freeClient(), lab.url('/echo'));
    return opened(await line.begun('/echo'), '/echo');
  }

  /** Whether a client's connection leads to `/echo`, and shows its frames if any does. */
  #isGood(client) {
    const { lab } = this;
    return new URL(lab.socket(client).url).pathname === new URL(lab.url('/echo')).pathname
      && (lab.watching?.frames !== true || lab.sees(lab.connectionOf(client)));
  }

  /** A new connection, once it is OPEN. `url` is instead of `path` where the host matters. */
  async open(path, options = {}) {
    return opened(await this.attempt(path, options), path);
  }

  /** A new connection, once it is OPEN or has ended: `opened` says which. */
  async attempt(path, { protocols = [], url = this.lab.url(path) } = {}) {
    await this.lab.watch();
    // Not before the wait: two actions at once would get the same client.
    return this.#connect(this.#freeClient(), url, protocols).begun(path);
  }

  #connect(client, url, protocols = []) {
    return new Line(this, client, this.lab.connect({ url, protocols, client }));
  }

  /** The first row from now on that `is` says yes to. `what` ends the sentence “expected …”. */
  until(is, what, deadline = DEADLINE) {
    return new Promise((resolve, reject) => {
      const forget = this.lab.subscribe((row) => {
        const changed = row.kind === 'update' ? row.row : row;
        if (is(changed)) {
          end(() => resolve(changed));
        }
      });
      const timer = setTimeout(
        () => end(() => reject(new Problem(`Expected ${what}, but nothing came for ${deadline / 1000} s. Try again.`))), deadline);
      const end = (tell) => {
        clearTimeout(timer);
        forget();
        tell();
      };
    });
  }

  pause(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  /** A client that is CLOSED; else that of the oldest connection, which is closed if it is OPEN and may end by itself. */
  #freeClient() {
    const { lab } = this;
    const oldestFirst = Array.from({ length: CLIENTS }, (_, i) => `L${i + 1}`)
      .sort((one, other) => lab.connectionOf(one) - lab.connectionOf(other));
    const name = ['CLOSED', 'OPEN', 'CLOSING']
      .map((state) => oldestFirst.find((one) => lab.state(one) === state))
      .find((one) => one !== undefined);
    if (name === undefined) {
      throw new Problem(`${CLIENTS} connections of lessons are CONNECTING. Try again in a few seconds.`);
    }
    if (lab.state(name) === 'OPEN') {
      lab.close(1000, '', name);
    }
    return name;
  }
}

/** The line if it has opened. */
function opened(line, path) {
  if (!line.opened) {
    throw new Problem(`${path} did not open: expected OPEN, got onclose. The timeline says why; then try again.`);
  }
  return line;
}

/** One connection. */
class Line {
  opened = true;
  #stage;
  #client;

  constructor(stage, client, connection) {
    this.#stage = stage;
    this.#client = client;
    this.connection = connection;
  }

  /** Of one that is CONNECTING: the line, once it is known whether it has `opened`. */
  async begun(path) {
    const first = await this.until((row) => row.name === 'onopen' || row.name === 'onclose', `${path} to open`);
    this.opened = first.name === 'onopen';
    return this;
  }

  send(data) {
    this.#stage.lab.send(data, this.#client);
  }

  /** Throws what the browser throws for a code that it refuses. */
  close(code, reason) {
    this.#stage.lab.close(code, reason, this.#client);
  }

  get bufferedAmount() {
    return this.#stage.lab.socket(this.#client).bufferedAmount;
  }

  /** Asks the server to do something on this connection. */
  ask(command) {
    return this.#stage.lab.ask({ ...command, connection: this.connection });
  }

  /** The first event of the API from now on, on this connection, that `is` says yes to. */
  until(is, what, deadline) {
    const { connection } = this;
    return this.#stage.until((row) => row.kind === 'event' && row.connection === connection && is(row), what, deadline);
  }

  ended() {
    return this.until(({ name }) => name === 'onclose', 'the end of the connection');
  }
}
