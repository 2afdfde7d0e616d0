// A client of /talk: requests go out as objects, each answer comes back as a promise's value.

import { FORMATS } from './message.js';
import { Problem } from './problem.js';

/** Bytes of a file in one message: with base64 around them they stay within a message limit of 64 KiB. */
const PART = 32 * 1024;

/**
 * One connection, opened when it is first needed. The listener hears `onsent(data)` and `onreceived(data)`, which are
 * what travels, `ontime(message)`, and `onend({ code, reason })`. `dial(url, subprotocol)` makes the WebSocket.
 */
export class Talk {
  #url;
  #listener;
  #dial;
  #format = FORMATS.json;
  #socket = null;
  #opening = null;
  /** A server answers in order: the oldest question is meant. */
  #questions = [];

  constructor(url, listener, dial = (address, subprotocol) => new WebSocket(address, subprotocol)) {
    this.#url = url;
    this.#listener = listener;
    this.#dial = dial;
  }

  /** Speaks `json` or `cbor` from now on; a connection in the other format is closed. */
  use(name) {
    if (FORMATS[name] !== this.#format) {
      this.#socket?.close(1000, 'other format');
      this.#forget();
      this.#format = FORMATS[name];
    }
  }

  echo(text) {
    return this.#ask({ type: 'echo', text });
  }

  /** The round trip in milliseconds, by the stamp that comes back. */
  async ping() {
    await this.#open();
    const { stamp } = await this.#ask({ type: 'ping', stamp: microseconds() });
    return (microseconds() - stamp) / 1000;
  }

  live(on, every = 1000) {
    return this.#ask({ type: 'live', on, every });
  }

  /** Sends a Blob in parts and waits for each; `onprogress(received)` hears how much has arrived. */
  async file(name, blob, onprogress) {
    for (let offset = 0; ; offset += PART) {
      const last = offset + PART >= blob.size;
      const data = new Uint8Array(await blob.slice(offset, offset + PART).arrayBuffer());
      const answer = await this.#ask({ type: 'file', name, offset, last, data }, last ? 'result' : 'progress');
      onprogress(last ? answer.size : answer.received);
      if (last) {
        return answer;
      }
    }
  }

  /** `ends` is the type of the last answer, for requests that have several. */
  async #ask(message, ends) {
    await this.#open();
    // In line only once it is sent: a question that is not would take the answer of the next one.
    const data = this.#format.write(message);
    this.#socket.send(data);
    const answer = new Promise((resolve, reject) => this.#questions.push({ resolve, reject, ends }));
    this.#listener.onsent(data);
    return answer;
  }

  #open() {
    this.#opening ??= new Promise((resolve, reject) => {
      const socket = this.#dial(this.#url, this.#format.subprotocol);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => resolve();
      socket.onmessage = ({ data }) => this.#socket === socket && this.#heard(data);
      socket.onclose = (end) => {
        const problem = new Problem(`The talk connection is closed: code ${end.code}. Try again: it opens a new one.`);
        reject(problem);
        if (this.#socket === socket) {
          this.#questions.forEach((question) => question.reject(problem));
          this.#forget();
          this.#listener.onend(end);
        }
      };
      this.#socket = socket;
    });
    return this.#opening;
  }

  #forget() {
    this.#questions.forEach((question) => question.reject(new Problem('The format was changed.')));
    this.#socket = null;
    this.#opening = null;
    this.#questions = [];
  }

  #heard(data) {
    this.#listener.onreceived(data);
    const message = this.#format.read(data);
    if (message.type === 'time') {
      this.#listener.ontime(message);
    } else if (message.type !== 'progress' || this.#questions[0]?.ends !== 'result') {
      this.#answer(message);
    }
  }

  #answer(message) {
    const question = this.#questions.shift();
    if (message.type === 'problem') {
      question?.reject(new Problem(`The server expected ${message.expected}${message.at && ` at ${message.at}`}. (${message.code})`));
    } else {
      question?.resolve(message);
    }
  }
}

/** A whole number, since a stamp is one. */
function microseconds() {
  return Math.round(performance.now() * 1000);
}
