// Addresses into the page: `#/frame/3/byte/1`, `#/lesson/5`, and `?url=…&proto=…&msg=…&auto=0`.

/** `{ frame, byte }`, `{ lesson }` or `{}` of a fragment. */
export function parseHash(hash) {
  const [, frame, , byte] = hash.match(/^#\/frame\/(\d{1,9})(\/byte\/(\d{1,9}))?$/) ?? [];
  if (frame !== undefined) {
    return { frame: Number(frame), byte: byte === undefined ? undefined : Number(byte) };
  }
  const [, lesson] = hash.match(/^#\/lesson\/(\d{1,3})$/) ?? [];
  return lesson === undefined ? {} : { lesson: Number(lesson) };
}

/** `{ url, protocols, message, auto }` of a query; what is not said is null. */
export function parseQueryString(search) {
  const query = new URLSearchParams(search);
  return {
    url: query.get('url'), protocols: query.get('proto'), message: query.get('msg'), auto: query.get('auto') !== '0',
  };
}

/** Writes the chosen frame into the address bar, without a step in the history; a lesson's address stays. */
export function showFrame(number, byte) {
  if (location.hash === '' || parseHash(location.hash).frame !== undefined) {
    history.replaceState(null, '', `#/frame/${number}${byte === undefined ? '' : `/byte/${byte}`}`);
  }
}
