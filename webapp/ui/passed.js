// What a browser lets pass although it breaks the standard, such as a close code that it does not know.

/** Whether the browser took the server's broken frame: it ended the connection cleanly. `close` is what onclose said, or null. */
export function wasLetPass({ broken, direction }, close) {
  return broken !== undefined && direction === 'received' && close?.wasClean === true;
}
