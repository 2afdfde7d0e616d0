// One client of this page: a WebSocket after another, and the story that the API tells of it.

import { now } from './clock.js';

/** The words of the WHATWG standard, by readyState. */
const STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

/**
 * The listener hears `onevent({ connection, name, detail, at })` for each thing that the page did or was told; an older
 * connection that takes its time to close may still be heard.
 */
export class Client {
  socket = null;
  #connection = null;
  #listener;

  constructor(listener) {
    this.#listener = listener;
  }

  /** One of the four words; CLOSED also before the first connection. */
  get state() {
    return STATES[this.socket?.readyState ?? WebSocket.CLOSED];
  }

  /** Not while CONNECTING or OPEN. Throws what the WebSocket constructor throws. `shown` is the URL without the mark. */
  connect({ connection, url, protocols, shown, at }) {
    const socket = new WebSocket(url, protocols);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.#connection = connection;
    const tell = (name, detail) => this.#tell(name, detail, now(), connection);
    this.#tell('new WebSocket', { url: shown, protocols }, at);
    socket.addEventListener('open', () =>
      tell('onopen', { protocol: socket.protocol, extensions: socket.extensions }));
    socket.addEventListener('message', ({ data }) => tell('onmessage', { data: kept(data) }));
    socket.addEventListener('error', () => tell('onerror', {}));
    socket.addEventListener('close', ({ code, reason, wasClean }) => tell('onclose', { code, reason, wasClean }));
  }

  /** Only while OPEN. */
  send(data) {
    const at = now();
    this.socket.send(data);
    this.sent(data, at);
  }

  /** Tells of what the socket's owner has sent by itself. */
  sent(data, at = now()) {
    this.#tell('send', { data: kept(data) }, at);
  }

  /** Not while CLOSED; while CONNECTING it gives up the attempt. Throws what the browser throws for bad arguments. */
  close(code, reason) {
    const at = now();
    this.socket.close(code, reason);
    this.#tell('close', { code, reason }, at);
  }

  #tell(name, detail, at, connection = this.#connection) {
    this.#listener.onevent({ connection, name, detail, at });
  }
}

function kept(data) {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
