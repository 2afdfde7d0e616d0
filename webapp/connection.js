// The one WebSocket of this page, and the story of its life.

/** The words of the WHATWG standard, by readyState. */
const STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

/**
 * One connection after another. The listener hears, in the browser's order, `onopen(event)`, `onmessage(event)`,
 * `onerror(event)` and `onclose({ code, reason, wasClean, opened, byUs })`, and `onstate(word)` after each change.
 */
export class Connection {
  #socket = null;
  #opened = false;
  #byUs = false;
  #listener;

  constructor(listener) {
    this.#listener = listener;
  }

  /** One of the four words; CLOSED also before the first connection. */
  get state() {
    return STATES[this.#socket?.readyState ?? WebSocket.CLOSED];
  }

  /** Connects. Only from CLOSED; throws what the WebSocket constructor throws for a bad URL. */
  open(url) {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = (event) => {
      this.#opened = true;
      this.#tell('onopen', event);
    };
    socket.onmessage = (event) => this.#tell('onmessage', event);
    socket.onerror = (event) => this.#tell('onerror', event);
    socket.onclose = ({ code, reason, wasClean }) =>
      this.#tell('onclose', { code, reason, wasClean, opened: this.#opened, byUs: this.#byUs });
    this.#socket = socket;
    this.#opened = false;
    this.#byUs = false;
    this.#listener.onstate(this.state);
  }

  /** Sends a string as a text message, bytes as a binary one. Only while OPEN. */
  send(data) {
    this.#socket.send(data);
  }

  /** Starts the close handshake; while CONNECTING it gives up the attempt. Not while CLOSED. */
  close(code, reason) {
    this.#byUs = this.#socket.readyState <= WebSocket.OPEN;
    this.#socket.close(code, reason);
    this.#listener.onstate(this.state);
  }

  #tell(name, event) {
    this.#listener.onstate(this.state);
    this.#listener[name](event);
  }
}
