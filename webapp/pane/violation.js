// The rule that a frame breaks, and what to make of it.

import { element } from '../ui/dom.js';
import { diagnoseRule } from '../wire/diagnose.js';
import { isLimit } from '../wire/limits.js';
import { sectionLink } from './explanation.js';

export { guiltyPlaces } from './guilty.js';

/** Fills `place` with the words of the rule of this name. `passed`: the browser let it pass. */
export function showViolation(place, words, name, passed = false) {
  const rule = diagnoseRule(words, name, 'frame');
  place.replaceChildren(
    element('h3', '', titleOf(name, passed)),
    element('p', '', element('code', '', name), ' ', ...(rule ? [rule.sentence, ' ', sectionLink(rule.section)] : [])),
    ...(rule ? [diagnosisOf(rule, passed)] : []));
}

function titleOf(name, passed) {
  if (isLimit(name)) {
    return '✗ Reaches the receiver’s limit';
  }
  return passed ? '✗ Breaks a rule of the standard; your browser let it pass' : '✗ Breaks a rule';
}

function diagnosisOf({ happened, who, cause, advice, closeCode }, passed) {
  const rows = [['What happened', happened], ['Whose doing', who], ['Likely cause', cause], ['Try', advice]];
  if (!passed) {
    rows.push(['Answered with', `close code ${closeCode}`]);
  }
  return element('dl', 'pane-diagnosis', ...rows.flatMap(([term, text]) => [element('dt', '', term), element('dd', '', text)]));
}
