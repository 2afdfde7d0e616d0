// What has happened, oldest first: rows of all connections on one line of time, never more than a bound.

/** Newest rows that are kept, so that a page left open does not grow for ever. */
export const MAX_ROWS = 20_000;

/** Bytes that all rows together may hold. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What a row costs besides its bytes, roughly. */
const ROW_BYTES = 400;

/**
 * A row that comes late, since the server's view travels on a connection of its own, takes its place by time. A listener
 * hears each new row, `{ kind: 'update', row }` when one has changed, and `{ kind: 'cleared' }`.
 */
export class Rows {
  /** Sorted by `at`; the same array for ever. */
  list = [];
  /** How many older rows are gone. */
  dropped = 0;

  /** The time of the first row there was. */
  startedAt = null;

  #bytes = 0;
  #nextId = 1;
  #listeners = new Set();

  add(row) {
    row.id = this.#nextId++;
    this.startedAt ??= row.at;
    let place = this.list.length;
    while (place > 0 && this.list[place - 1].at > row.at) {
      place--;
    }
    this.list.splice(place, 0, row);
    this.#bytes += bytesOf(row);
    this.#bound();
    this.#tell(row);
    return row;
  }

  /** After `change(row)`, which may add bytes to it. */
  update(row, change) {
    const before = bytesOf(row);
    change(row);
    this.#bytes += bytesOf(row) - before;
    this.#tell({ kind: 'update', row });
  }

  clear() {
    this.list.length = 0;
    this.#bytes = 0;
    this.dropped = 0;
    this.#tell({ kind: 'cleared' });
  }

  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #bound() {
    let gone = Math.max(this.list.length - MAX_ROWS, 0);
    for (let i = 0; i < gone; i++) {
      this.#bytes -= bytesOf(this.list[i]);
    }
    // The newest row stays, however large it is.
    while (this.#bytes > MAX_BYTES && gone < this.list.length - 1) {
      this.#bytes -= bytesOf(this.list[gone++]);
    }
    if (gone > 0) {
      this.list.splice(0, gone);
      this.dropped += gone;
    }
  }

  #tell(what) {
    this.#listeners.forEach((listener) => listener(what));
  }
}

function bytesOf({ bytes, inflated, request, response, detail }) {
  const data = detail?.data;
  return ROW_BYTES + size(bytes) + size(inflated) + size(request) + size(response)
    // JavaScript may take two bytes for a character.
    + (typeof data === 'string' ? 2 * data.length : size(data));
}

function size(bytes) {
  return bytes?.length ?? 0;
}
