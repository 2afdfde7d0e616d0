// How a lesson is judged: by the rows of the lab, one after another. Pure functions over values.
//
// A judge is `{ steps: [{ id, label, sees, so? }], remember? }`:
//   remember(memory, row, scene) -> memory        what to keep of the rows so far; bounded
//   sees(row, memory, seen, scene) -> finding     `{ text, bytes? }` when the step is done with this row, else null
//   so(memory) -> text                            how far a step is that takes several rows
// `seen` holds the findings so far by step. `scene` is `{ frames }`: whether frames can be seen at all.

/** Where every lesson begins. Progress is `{ seen, memory, done }`. */
export const BEGINNING = Object.freeze({ seen: Object.freeze({}), memory: Object.freeze({}), done: false });

/** Progress after one more row; the very same object where the row brought nothing to show. */
export function advance(judge, progress, row, scene) {
  const memory = judge.remember?.(progress.memory, row, scene) ?? progress.memory;
  let seen = progress.seen;
  for (const step of judge.steps) {
    const finding = seen[step.id] ? null : step.sees(row, memory, seen, scene);
    if (finding) {
      seen = { ...seen, [step.id]: { ...finding, number: row.kind === 'frame' ? row.number : null, row: row.id } };
    }
  }
  if (seen === progress.seen && memory === progress.memory) {
    return progress;
  }
  return { seen, memory, done: judge.steps.every(({ id }) => seen[id]) };
}

/** Progress after all of these rows. */
export function judge(lesson, rows, scene, progress = BEGINNING) {
  return rows.reduce((sofar, row) => advance(lesson, sofar, row, scene), progress);
}
