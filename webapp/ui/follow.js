// What a person has just done shows up as a row a moment later: that row is chosen for them.

/** After this long, in milliseconds, the row no longer belongs to the act. */
const PATIENCE = 5000;

/** One wish at a time: the newest act counts. */
export class Follow {
  #wish = null;

  constructor(lab, onrow) {
    lab.subscribe((row) => {
      if (this.#wish !== null && performance.now() > this.#wish.until) {
        this.#wish = null;
      }
      if (this.#wish?.wanted(row.kind === 'update' ? row.row : row)) {
        this.#wish = null;
        onrow(row.kind === 'update' ? row.row : row);
      }
    });
  }

  /** The first row to come, within so many milliseconds, for which `wanted(row)` is true will be chosen. */
  next(wanted, patience = PATIENCE) {
    this.#wish = { wanted, until: performance.now() + patience };
  }

  forget() {
    this.#wish = null;
  }
}
