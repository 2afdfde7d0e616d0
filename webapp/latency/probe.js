// Round trips to the server's echo, on a connection of their own that carries no mark: it does not fill the timeline.

/** Milliseconds between two questions of the open loop. */
export const EVERY = 100;

/** How often each length is asked for; the first of all is to warm up and does not count. */
export const TIMES = 8;

/** How long an answer may take before the question counts as lost, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Hears `trip({ at, rtt, bytes })`, milliseconds since the measuring began and of the round trip, and `end(problem)` when
 * it is over: null, or why it ended by itself.
 */
export class Probe {
  #url;
  #heard;
  #socket = null;
  #timer = 0;
  #startedAt = 0;
  /** Those that were asked and not answered: when, and how long they are. */
  #asked = [];

  constructor(url, heard) {
    this.#url = url;
    this.#heard = heard;
  }

  /** Asks at even times, whether or not the last answer has come, until it is stopped. */
  byTime(bytes) {
    const message = new Uint8Array(bytes);
    this.#open({
      ready: () => {
        this.#timer = setInterval(() => {
          const [oldest] = this.#asked;
          if (oldest && performance.now() - oldest.at > PATIENCE) {
            this.#end(`No answer for ${PATIENCE / 1000} s: ${this.#asked.length} questions are lost, and not in the figures.`);
          } else {
            this.#ask(message);
          }
        }, EVERY);
      },
      answered() {},
    });
  }

  /** Asks for each length several times, one question at a time. */
  byLength(lengths) {
    const messages = [1, ...lengths.flatMap((bytes) => Array(TIMES).fill(bytes))].map((bytes) => new Uint8Array(bytes));
    const next = () => {
      const message = messages.shift();
      if (message === undefined) {
        this.stop();
        return;
      }
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#end(`No answer to ${message.length} bytes within ${PATIENCE / 1000} s.`), PATIENCE);
      this.#ask(message);
    };
    this.#open({ ready: next, answered: next, warmUp: true });
  }

  stop() {
    this.#end(null);
  }

  #open({ ready, answered, warmUp = false }) {
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#asked = [];
    let counts = !warmUp;
    socket.addEventListener('open', () => {
      this.#startedAt = performance.now();
      ready();
    });
    socket.addEventListener('message', () => {
      const now = performance.now();
      if (this.#socket !== socket) {
        return;
      }
      const { at, bytes } = this.#asked.shift();
      if (counts) {
        this.#heard.trip({ at: at - this.#startedAt, rtt: now - at, bytes });
      }
      counts = true;
      answered();
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.#socket === socket) {
        this.#end(`The connection to ${this.#url} ended with ${code}. Try again, or look at the Server tab.`);
      }
    });
  }

  #ask(message) {
    this.#asked.push({ at: performance.now(), bytes: message.length });
    this.#socket.send(message);
  }

  #end(problem) {
    const socket = this.#socket;
    if (socket === null) {
      return;
    }
    this.#socket = null;
    clearInterval(this.#timer);
    clearTimeout(this.#timer);
    socket.close(1000, 'measured');
    this.#heard.end(problem);
  }
}
