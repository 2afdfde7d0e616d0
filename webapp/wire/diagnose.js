// What to make of a broken rule or a close code: what happened, whose doing it is, why, and what to try.

import { fill } from './words.js';

/** The groups of rules, in the order in which a name that occurs twice is looked for. */
const GROUPS = ['frame', 'handshake', 'response', 'head'];

/**
 * The rule of this name with its words `{ name, section, sentence, happened, who, cause, advice }`, or null. `group`
 * tells apart the rules for requests and answers that share a name: frame, handshake, response or head.
 */
export function diagnoseRule(words, name, group = null) {
  const groups = group === null ? GROUPS : [group];
  return groups.flatMap((one) => words.rules[one]).find((rule) => rule.name === name) ?? null;
}

/**
 * What to make of a refused handshake: `{ name, section, happened, who, cause, advice, … }`, of the rule that the answer's
 * body names, as this server's bodies do, or else of the status; null for a status without words.
 */
export function diagnoseRefusal(words, status, body = '') {
  const rules = [...words.rules.handshake, ...words.rules.head].filter((rule) => rule.status === status);
  return rules.find(({ sentence }) => body.includes(sentence))
    ?? words.statuses.find((one) => one.status === status)
    ?? null;
}

/** What to make of the code with which a connection ended: `{ code, name, happened, who, cause, advice, section }`. */
export function diagnoseClose(words, code) {
  const { name, happened, who, cause, advice } = closeCode(words, code);
  return { code, name, happened: fill(happened, { code }), who, cause: fill(cause, { code }), advice, section: 'RFC 6455 7.4' };
}

/**
 * What a close code is: `{ name, mayBeSent, mayBeSentByPage, sender, … }`, for those without a name of their own that
 * of their range. Throws a RangeError for what two bytes cannot hold.
 */
export function closeCode(words, code) {
  const found = words.closeCodes.find((one) => one.code === code)
    ?? words.closeCodeRanges.find(({ from, to }) => code >= from && code <= to);
  if (!found || !Number.isInteger(code)) {
    throw new RangeError(`A close code is 0 to 65535 (two bytes), not ${code}`);
  }
  return found;
}
