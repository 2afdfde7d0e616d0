// What went wrong with a connection: what the browser says, what the server saw, and what to try.

import { explainClose } from '../ended.js';
import { isLimit } from '../wire/limits.js';
import { frameName } from './describe.js';
import { button, element, find } from './dom.js';
import { wasLetPass } from './passed.js';

const decoder = new TextDecoder();

/**
 * Shows what went wrong with the connection, or takes it away; `onrow(row)` leads to the guilty frame. Where that is `shown`
 * already, the wire pane says what it did.
 */
export function showDiagnosis(facts, rule, { onrow, shown }) {
  const place = find('#diagnosis');
  const found = facts === null ? null : diagnose(facts, rule);
  place.hidden = found === null;
  if (found === null) {
    return;
  }
  const { title, section, row } = found;
  const known = row !== undefined && row === shown;
  const lines = known ? found.ends : found.lines;
  const advice = known ? null : found.advice;
  const list = element('dl', '', ...lines.flatMap(({ who, text }) => [element('dt', '', who), element('dd', '', element('bdi', '', text))]));
  if (advice) {
    list.append(element('dt', '', 'Try'), element('dd', '', advice));
  }
  const held = place.contains(document.activeElement);
  place.replaceChildren(
    element('h3', '', title, ...(section ? [' ', element('span', 'section', section.replace(/^§/, 'RFC 6455 §').replace(/^(RFC \d+) (?=\d)/, '$1 §'))] : [])),
    list,
    ...(row && !known ? [button(`Show frame #${row.number}`, () => onrow(row))] : []),
  );
  if (held) {
    place.querySelector('button')?.focus();
  }
}

/**
 * Of facts of a connection: `{ title, lines: [{ who, text }], section, advice }`, or null while nothing is wrong. Of a
 * broken frame also its `row`, and `ends`, the lines on how the connection ended.
 * `rule(name, group)` gives the words of a broken rule, or null; the group is that of frames unless told otherwise.
 */
export function diagnose(facts, rule) {
  const { close, status, broken, opened, byUs } = facts;
  if (status !== null && status !== 101) {
    return refusal(facts);
  }
  if (broken !== null) {
    return brokenRule(facts, rule);
  }
  if (status === 101 && !opened && close !== null && !byUs) {
    return notTaken(facts, rule);
  }
  return close !== null && !close.wasClean ? lost(facts) : null;
}

function explainEnd(facts) {
  return explainClose({ ...facts, ...facts.close });
}

/** An answer 101 that the browser refuses; `flaw` names the rule that it breaks, as soon as that is known. */
function notTaken(facts, ruleOf) {
  const rule = facts.flaw ? ruleOf(facts.flaw, 'response') : null;
  return {
    title: 'The answer was not taken',
    lines: [
      ...browserLine(facts),
      ...(rule ? [{ who: 'The answer', text: rule.happened }, { who: 'Likely cause', text: rule.cause }] : []),
      ...serverLine(facts),
    ],
    section: rule?.section ?? '§4.1',
    advice: rule?.advice ?? null,
  };
}

function refusal(facts) {
  const answer = decoder.decode(facts.answer);
  const [head, body = ''] = answer.split('\r\n\r\n');
  const line = head.split('\r\n')[0].replace(/^HTTP\/\S+ /, '');
  const lines = [
    ...browserLine(facts),
    { who: 'The server', text: `answered ${line} instead of 101 Switching Protocols.` },
  ];
  if (body.trim() !== '') {
    lines.push({ who: 'It said', text: body.trim().slice(0, 500) });
  }
  return { title: 'The handshake was refused', lines, section: '§4.2.2', advice: ADVICE[facts.status] ?? null };
}

const ADVICE = {
  403: 'Open this page by the address that the server was started for, or allow this origin with --origins.',
  404: 'Nothing speaks WebSocket at this path. The endpoints of this server are /, /echo, /deflate and /talk.',
  426: 'Browsers ask for version 13 of the protocol; so should this server.',
  503: 'The server is full or stops. Try again later.',
};

function brokenRule(facts, ruleOf) {
  const { broken } = facts;
  const rule = ruleOf(broken.broken);
  const who = broken.direction === 'received' ? 'The server' : 'The client';
  return {
    title: titleOf(facts),
    row: broken,
    ends: [...browserLine(facts), ...serverLine(facts)],
    lines: [
      { who, text: rule?.happened ?? `sent frame #${broken.number} (${frameName(broken)}), which breaks the rule ${broken.broken}.` },
      ...(rule?.cause ? [{ who: 'Likely cause', text: rule.cause }] : []),
      ...browserLine(facts),
      ...serverLine(facts),
    ],
    section: rule?.section ?? null,
    advice: rule?.advice ?? null,
  };
}

function titleOf(facts) {
  if (isLimit(facts.broken.broken)) {
    return 'The receiver’s limit was reached';
  }
  return wasLetPass(facts.broken, facts.close) ? 'A frame breaks the standard; your browser let it pass' : 'A frame broke the protocol';
}

function lost(facts) {
  return {
    title: facts.opened ? 'The connection died' : 'There is no connection',
    lines: [...browserLine(facts), ...serverLine(facts)],
    section: '§7.1.5',
    advice: facts.opened || facts.byUs ? null : 'Look whether a server runs there, and at the port: wscratch connect shows why it fails.',
  };
}

function browserLine(facts) {
  return facts.close === null ? [] : [{
    who: 'Your browser', text: facts.close.wasClean ? explainEnd(facts) : `reports ${facts.close.code}. ${explainEnd(facts)}`,
  }];
}

function serverLine({ ended }) {
  return ended === null ? [] : [{ who: 'The server saw', text: ended.cause }];
}
