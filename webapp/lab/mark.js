// The mark by which the inspector knows a connection: `lab=` in the query of its address. Who knows one can see the page's frames.

const MARK = /^[0-9a-f]{32}\.[0-9]+$/;

/** The URL without marks, whoever's they are; the very same text where it has none. */
export function withoutMarks(url) {
  const plain = new URL(url);
  const pairs = plain.search.slice(1).split('&');
  const kept = pairs.filter((pair) => !isMark(pair));
  if (kept.length === pairs.length) {
    return url;
  }
  // By hand, since URLSearchParams would write the rest of the query in its own way.
  plain.search = kept.join('&');
  return plain.href;
}

/** However it is encoded. */
function isMark(pair) {
  return MARK.test(new URLSearchParams(pair).get('lab') ?? '');
}
