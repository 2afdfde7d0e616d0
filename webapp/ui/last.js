// Where a visitor was the last time: the address and subprotocols of client A.

export const KEY = 'wscratch.last';

/** As lessons/store.js keeps the course. */
const LESSONS = 'wscratch.lessons';

/** What was remembered, `{ url, protocols }` as typed, or null. The caller judges the address. */
export function last() {
  const { url, protocols } = read(KEY);
  return typeof url === 'string' && typeof protocols === 'string' ? { url, protocols } : null;
}

/** Whether a lesson was begun. */
export function hasLesson() {
  return Number.isInteger(read(LESSONS).current);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    // Denied, or damaged: as on a first visit.
    return {};
  }
}
