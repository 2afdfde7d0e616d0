// The timeline as a file: everything in it, bytes in hex.

import { starred, starredBytes } from '../lab/starred.js';
import { hexOf } from './describe.js';

/** What holds the mark of a connection. */
const HEADS = new Set(['request', 'response']);

/** JSON of `{ exported, page, watching, rows }`; rows as in the model, bytes as hex pairs; without the marks of connections. */
export function exportJson(lab) {
  return JSON.stringify({ exported: new Date().toISOString(), page: location.href, watching: lab.watching, dropped: lab.dropped, rows: lab.rows }, plain, 1);
}

/** Offers the file for download. */
export function download(lab) {
  const url = URL.createObjectURL(new Blob([exportJson(lab)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `wscratch-${new Date().toISOString().replace(/[:.]/g, '-')}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function plain(name, value) {
  if (name === 'frame' && value !== null) {
    const { fin, rsv1, rsv2, rsv3, opcode, masked, key, length } = value;
    return { fin, rsv1, rsv2, rsv3, opcode, masked, key, length };
  }
  if (value instanceof Uint8Array) {
    return hexOf(HEADS.has(name) ? starredBytes(value) : value);
  }
  if (typeof value === 'string') {
    return starred(value);
  }
  return typeof value === 'bigint' ? value.toString() : value;
}
