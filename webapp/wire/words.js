// The words that explain the wire: the same that the command line uses, from the table that the build writes.

const loaded = new Map();

/** The table that came last. */
let known = null;

/** The table of words; asked for once, then kept. `base`: the module or page beside whose folder `words.json` lies. */
export async function loadWords(base = import.meta.url) {
  const address = new URL('../words.json', base).href;
  if (!loaded.has(address)) {
    const words = read(address);
    loaded.set(address, words);
    // What failed is asked for again the next time.
    words.catch(() => loaded.delete(address));
  }
  known = await loaded.get(address);
  return known;
}

/** The table if it has been loaded, else null. */
export function knownWords() {
  return known;
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`expected 200 from ${address}, got ${answer.status}.`);
  }
  return answer.json();
}

/** Puts values in the places of a text such as `The payload is {length} bytes long.`, once. */
export function fill(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (place, name) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}
