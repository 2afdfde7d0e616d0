// What is remembered for the next visit. Nothing that may be a secret is kept.

import { withoutMarks } from '../lab/mark.js';
import { KEY } from './last.js';

const LONGEST_URL = 2000;

/** A subprotocol is a short name; a longer one may be a token, which some carry there. */
const LONGEST_PROTOCOL = 32;
const MOST_PROTOCOLS = 8;

/** Remembers an address that the browser has taken; the `usual` one is where the next visit begins anyway. */
export function keep({ url, protocols }, usual, lab) {
  if (url === usual && protocols.length === 0) {
    forgetLast();
  } else {
    // Beside this page on an app server are others' endpoints, whose queries may hold tokens.
    remember({ url, protocols }, lab.isOurs(url) && lab.watching?.frames === true);
  }
}

/** Remembers; `ours`: the address is of wscratch itself, whose query tells nothing secret. */
export function remember({ url, protocols }, ours) {
  const plain = new URL(withoutMarks(url));
  if (!ours) {
    plain.search = '';
  }
  plain.username = '';
  plain.password = '';
  const names = protocols.filter((name) => ours || name.length <= LONGEST_PROTOCOL).slice(0, MOST_PROTOCOLS);
  write(plain.href.length <= LONGEST_URL ? { url: plain.href, protocols: names.join(', ') } : null);
}

export function forgetLast() {
  write(null);
}

function write(value) {
  try {
    if (value === null) {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, JSON.stringify(value));
    }
  } catch {
    // Denied or full: the next visit begins anew.
  }
}
