// A link that shows somebody else what is on this page now.

import { parseAddress } from '../address.js';
import { withoutMarks } from '../lab/mark.js';
import { plainPayload } from './describe.js';
import { find } from './dom.js';
import { parseHash } from './route.js';

const TEXT = 1;

/** How long the button says that it has copied, in milliseconds. */
const SAID = 2000;

/** A longer message makes no link that people can send. */
const LONGEST_MESSAGE = 500;

const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * The address of `page` that leads there: `url`, `protocols` and `message` where they differ from `preset`, and the lesson
 * that the page's own address names, or else the shown frame. `echoes(url)`: whether a message comes back as it was.
 */
export function linkTo({ page, preset, url, protocols, message, row, byte, echoes }) {
  const { lesson } = parseHash(new URL(page).hash);
  const frame = lesson === undefined && row?.kind === 'frame' ? framePlace(row, echoes(url)) : null;
  const said = frame?.message ?? message;
  const query = new URLSearchParams();
  const plain = shareable(url);
  if (plain !== preset.url) {
    query.set('url', plain);
  }
  if (protocols !== '') {
    query.set('proto', protocols);
  }
  if (said !== preset.message && said.length <= LONGEST_MESSAGE) {
    query.set('msg', said);
  }
  const link = new URL(page);
  link.search = query.toString();
  link.hash = lesson !== undefined ? `#/lesson/${lesson}` : frame === null ? '' : `#/frame/${frame.number}${byte === undefined ? '' : `/byte/${byte}`}`;
  return link.href;
}

/** Whether the connection of these facts leads to the typed address: a link to its frames leads nowhere else. */
export function isAt(facts, typed) {
  try {
    return facts?.url === parseAddress(typed, document.baseURI);
  } catch {
    return false;
  }
}

/** Never the mark by which the server knows this page, nor a password. */
function shareable(url) {
  try {
    const plain = new URL(withoutMarks(url));
    plain.username = '';
    plain.password = '';
    return plain.href;
  } catch {
    // Whatever was typed, it is no address.
    return url;
  }
}

/**
 * Where whoever opens the link meets the frame. Their connection is new: a text that was sent is its first frame if they
 * send it first, and its echo the second; other frames keep their number.
 */
function framePlace(row, echoed) {
  const whole = row.frame?.fin && row.frame.opcode === TEXT && !row.cut && row.frame.payload.length === Number(row.frame.length);
  if (echoed && whole) {
    try {
      const message = strict.decode(plainPayload(row));
      if (message.length > 0 && message.length <= LONGEST_MESSAGE) {
        return { number: row.direction === 'sent' ? 1 : 2, message };
      }
    } catch {
      // Compressed and not inflated, or no UTF-8.
    }
  }
  return { number: row.number, message: null };
}

/** Copies, and says so on the button for a moment, and for the ear. */
export async function copyLink(button, link) {
  const copied = await copy(link);
  find('#announcer').textContent = copied ? `Copied: ${link}` : `Not copied. The link is ${link}`;
  button.textContent = copied ? 'Copied' : 'Not copied';
  button.title = link;
  setTimeout(() => { button.textContent = 'Copy link'; }, SAID);
}

/** Whether the text is on the clipboard. That is only there for https and localhost; elsewhere the older way may work. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'unseen';
    document.body.append(field);
    const focused = document.activeElement;
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    focused?.focus();
    return copied;
  }
}
