// The model of the page: its connections, and everything that happened on them, both as the API tells it and as the
// server saw it.

import { Problem } from '../problem.js';
import { toBase64, toHex } from '../wire/bytes.js';
import { Client } from './client.js';
import { now } from './clock.js';
import { Inspector } from './inspector.js';
import { withoutMarks } from './mark.js';
import { Rows } from './rows.js';
import { Trace } from './trace.js';

/** Connections whose events may still come; the oldest are forgotten, but never one that a client has now. */
const MAX_TRACES = 64;

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * A client, 'A' or 'B' (or 'talk'), has one connection after another; each is counted from 1. What happens becomes a row:
 *
 * `{ id, kind, connection, client, at, direction }`, where `kind` is 'handshake', 'frame', 'bytes', 'ended', 'lost' (the
 * server's view), 'event' (the API's) or 'note' (`text`), `at` is milliseconds since 1970, and `direction` is 'sent' to
 * the server, 'received' from it, or null.
 */
export class Lab {
  #page;
  #id = randomId();
  #rows = new Rows();
  #clients = new Map();
  #traces = new Map();
  #connections = 0;
  #current = new Map();
  #inspector;
  /** Whether the server has shown frames since the page was loaded. */
  #showed = false;
  #onwatching = new Set();

  constructor(page = document.baseURI) {
    this.#page = new URL(page);
    this.#inspector = new Inspector(this.url('inspect'), this.#id, {
      onevent: (event) => this.#traces.get(event.connection)?.take(event, this.#rows),
      onstart: () => this.#started(),
      onend: () => this.#ended(),
    }, new URL('server.json', this.#page));
  }

  /** The rows, by time; a live array of bounded length. */
  get rows() {
    return this.#rows.list;
  }

  /** How many older rows are gone. */
  get dropped() {
    return this.#rows.dropped;
  }

  /** When the first row was, by the clock of `at`. */
  get startedAt() {
    return this.#rows.startedAt;
  }

  /** What the inspector says of the server, or null while there is none: frames cannot be seen then. */
  get watching() {
    return this.#inspector.watching;
  }

  /** The listener is called when the server's view has begun, and when it has ended. */
  onwatching(listener) {
    this.#onwatching.add(listener);
  }

  /** Whether the frames of a connection are shown. The inspector knows only those that were opened while it watched. */
  sees(connection) {
    const trace = this.#traces.get(connection);
    return this.watching?.frames === true && trace?.watched === true && !trace.hidden;
  }

  /** Whether the frames of a connection are not shown, but would be if it was opened anew. */
  misses(connection) {
    const trace = this.#traces.get(connection);
    return this.#showed && trace?.ours === true && !trace.watched;
  }

  get endpointBase() {
    return this.url('');
  }

  /** The listener hears each new row, `{ kind: 'update', row }` and `{ kind: 'cleared' }`. Returns how to unsubscribe. */
  subscribe(listener) {
    return this.#rows.subscribe(listener);
  }

  clear() {
    this.#rows.clear();
  }

  /** Waits for the inspector as long as it is worth it, and starts it again if it ended: before `connect`. */
  watch() {
    return this.#inspector.watch();
  }

  /** The absolute WebSocket URL of a path on this server; `secure` is its TLS port, where there is one. */
  url(path, { secure = false } = {}) {
    const url = new URL(path.replace(/^\//, ''), new URL('./', this.#page));
    if (secure && url.protocol === 'http:') {
      url.protocol = 'https:';
      url.port = this.watching?.tls ?? url.port;
    }
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    return url.href;
  }

  state(client = 'A') {
    return this.#client(client).state;
  }

  socket(client = 'A') {
    return this.#client(client).socket;
  }

  /** The number of the client's newest connection, or null. */
  connectionOf(client = 'A') {
    return this.#current.get(client) ?? null;
  }

  /**
   * Connects; the number of the connection. One that is still CLOSING is left to end by itself. Throws a Problem, or what the
   * browser throws for a bad URL.
   */
  connect({ url, protocols = [], client = 'A' }) {
    const state = this.state(client);
    if (state === 'CONNECTING' || state === 'OPEN') {
      throw new Problem(`Client ${client} is ${state}, and has one connection at a time. Try: disconnect first.`);
    }
    const connection = ++this.#connections;
    const previous = this.#current.get(client);
    const at = this.#trace({ connection, client, url });
    this.#current.set(client, connection);
    try {
      const marked = this.#marked(url, connection);
      const ours = this.isOurs(url);
      Object.assign(this.#traces.get(connection), { ours, watched: ours && this.watching !== null });
      this.#client(client).connect({ connection, url: marked, protocols, shown: url, at });
    } catch (refusal) {
      this.#traces.delete(connection);
      this.#current.set(client, previous);
      throw refusal;
    }
    return connection;
  }

  /** Sends a string, or bytes. Throws a Problem unless OPEN. */
  send(data, client = 'A') {
    const state = this.state(client);
    if (state !== 'OPEN') {
      throw new Problem(`Not sent: the connection is ${state}, and only an OPEN one sends. Try: Connect.`);
    }
    this.#client(client).send(data);
  }

  /** For a client whose owner sends on its socket by itself: tells that this was sent. */
  sent(data, client) {
    this.#client(client).sent(data);
  }

  /** Starts the closing handshake. Throws a Problem when there is nothing to close. */
  close(code, reason, client = 'A') {
    if (this.state(client) === 'CLOSED') {
      throw new Problem('There is nothing to close: the connection is CLOSED. Try: Connect.');
    }
    this.#client(client).close(code, reason);
  }

  /** A command of the inspector, without its id: the promise holds the answer, or rejects with a Problem. */
  ask(command) {
    const trace = this.#traces.get(command.connection);
    return trace?.ours === true && !trace.watched && (this.#showed || this.watching !== null)
      ? Promise.reject(new Problem('The server does not watch this connection, which is older than its view. Try: connect again.'))
      : this.#inspector.ask(command);
  }

  /**
   * A client on the server's side, the partner, connects with handshake headers and bytes that no browser would send.
   * `headers` are pairs, `bytes` a Uint8Array. The promise holds the number of its connection, after its end.
   */
  async raw({ path, headers = [], key, bytes = new Uint8Array() }) {
    const connection = ++this.#connections;
    this.#trace({ connection, client: 'partner', url: this.url(path) });
    await this.ask({ type: 'raw', connection, path, headers, ...(key && { key }), bytes: toBase64(bytes) });
    return connection;
  }

  #client(name) {
    if (!this.#clients.has(name)) {
      this.#clients.set(name, new Client({ onevent: (event) => this.#onevent(name, event) }));
    }
    return this.#clients.get(name);
  }

  /** When it began. */
  #trace(about) {
    const openedAt = now();
    this.#traces.set(about.connection, new Trace({ ...about, openedAt }));
    if (this.#traces.size > MAX_TRACES) {
      const kept = new Set([...this.#current.values(), about.connection]);
      this.#traces.delete([...this.#traces.keys()].find((connection) => !kept.has(connection)));
    }
    return openedAt;
  }

  #onevent(client, { connection, name, detail, at }) {
    const trace = this.#traces.get(connection);
    if (name === 'onopen') {
      trace?.opened(at);
    } else if (name === 'send') {
      trace?.sent(at);
    } else if (name === 'onmessage') {
      trace?.received(at);
    }
    const direction = { send: 'sent', close: 'sent', onmessage: 'received' }[name] ?? null;
    this.#rows.add({ kind: 'event', connection, client, at, direction, name, detail });
  }

  #started() {
    this.#showed ||= this.watching.frames;
    this.#tellWatching();
  }

  #ended() {
    for (const trace of this.#traces.values()) {
      trace.watched = false;
    }
    this.#note('The server’s view has ended: frames are not shown from here on. Connecting starts it again.');
    this.#tellWatching();
  }

  #tellWatching() {
    this.#onwatching.forEach((listener) => listener());
  }

  #note(text) {
    this.#rows.add({ kind: 'note', connection: null, client: null, at: now(), direction: null, text });
  }

  /** The URL with the mark by which the inspector knows the connection; other servers get no mark. */
  #marked(url, connection) {
    // A deep link may carry somebody else's mark, who would see this page's connection and could send on it.
    const plain = withoutMarks(url);
    if (this.watching === null || !this.isOurs(plain)) {
      return plain;
    }
    const marked = new URL(plain);
    if (marked.searchParams.has('lab')) {
      marked.searchParams.delete('lab');
    }
    // By hand, since URLSearchParams would write the rest of the query in its own way.
    marked.search += `${marked.search === '' ? '?' : '&'}lab=${this.#id}.${connection}`;
    return marked.href;
  }

  /** Whether a WebSocket URL leads to the server of this page. */
  isOurs(address) {
    const url = new URL(address);
    const { hostname, port, protocol } = this.#page;
    const sameHost = url.hostname === hostname || (LOOPBACK.test(url.hostname) && LOOPBACK.test(hostname));
    const ports = [portOf({ port, protocol }), this.watching?.tls, this.watching?.port].filter(Number.isInteger);
    return sameHost && ports.includes(portOf(url));
  }
}

function portOf({ port, protocol }) {
  return Number(port) || (protocol === 'https:' || protocol === 'wss:' ? 443 : 80);
}

/** 128 bits as 32 lower-case hex digits: nobody guesses which connections are this page's. */
function randomId() {
  return toHex(crypto.getRandomValues(new Uint8Array(16)), '');
}
