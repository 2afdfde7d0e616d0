// Two clocks on one line of time.

/** Milliseconds since 1970 by a clock that never jumps while the page is open. */
export function now() {
  return performance.timeOrigin + performance.now();
}

/** The server's clock as the page's, for one connection: none of its events was before `openedAt`, nor will be. */
export class ServerClock {
  #openedAt;
  #offset = null;
  /** The page's time of the newest event. */
  last;

  constructor(openedAt) {
    this.#openedAt = openedAt;
    this.last = openedAt;
  }

  /**
   * The page's time, in milliseconds, of what happened at `micros` by the server. Never before what the server said
   * earlier; `notBefore` and `notAfter` are causes and effects that the page saw itself.
   */
  read(micros, { notBefore = -Infinity, notAfter = Infinity } = {}) {
    const at = micros / 1000;
    // One machine has one clock: only what cannot be is mended.
    this.#offset ??= Math.min(Math.max(0, this.#openedAt - at), now() - at);
    const read = Math.min(Math.max(at + this.#offset, notBefore, this.last), notAfter, now());
    this.last = Math.max(this.last, read);
    return read;
  }
}
