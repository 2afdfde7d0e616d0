// What the end of a connection meant.

import { meaning } from './closecode.js';

/** What an API reports where the Close frame had no code; it never travels (RFC 6455 §7.1.5). */
const NO_CODE = 1005;

/**
 * One or two sentences on how a connection ended. `opened`: whether onopen had fired;
 * `byUs`: whether this page had called close(); `status`: of the answer to the handshake, or null where none was seen.
 */
export function explainClose({ code, wasClean, opened, byUs, status = null }) {
  if (!opened && byUs) {
    return 'You ended the connection before it was open.';
  }
  if (!opened && status === 101) {
    return 'The server answered 101, but your browser did not take the answer. It does not tell a page why.';
  }
  if (!opened && status !== null) {
    return `No connection: the server answered ${status}, not 101. A browser does not tell a page that.`;
  }
  if (!opened) {
    return 'No connection: nothing listened there, or the answer was not 101. A browser does not tell a page which.';
  }
  if (!wasClean) {
    return `The connection died without a goodbye. Your browser may not tell a page more than ${code}.`;
  }
  if (byUs) {
    return `Closed cleanly. You said goodbye (${code === NO_CODE ? 'without a code' : code}), the server said it back, then TCP ended.`;
  }
  return code === NO_CODE
    ? 'Closed cleanly. The server said goodbye without a code, which your browser reports as 1005, and your browser said it back.'
    : `Closed cleanly. The server said goodbye with ${code} (${meaning(code)}), your browser said it back.`;
}
