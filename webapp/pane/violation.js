// The rule that a frame breaks, and what to make of it.

import { element } from '../ui/dom.js';
import { diagnoseRule } from '../wire/diagnose.js';
import { sectionLink } from './explanation.js';

/** Fills `place` with the words of the rule of this name; empties it if there is none. */
export function showViolation(place, words, name) {
  place.hidden = !name;
  const rule = name ? diagnoseRule(words, name, 'frame') : null;
  if (!name) {
    place.replaceChildren();
    return;
  }
  place.replaceChildren(
    element('h3', '', '✗ Breaks a rule'),
    element('p', '', element('code', '', name), ' ', ...(rule ? [rule.sentence, ' ', sectionLink(rule.section)] : [])),
    ...(rule ? [diagnosisOf(rule)] : []));
}

function diagnosisOf({ happened, who, cause, advice, closeCode }) {
  const rows = [['What happened', happened], ['Whose doing', who], ['Likely cause', cause], ['Try', advice], ['Answered with', `close code ${closeCode}`]];
  return element('dl', 'pane-diagnosis', ...rows.flatMap(([term, text]) => [element('dt', '', term), element('dd', '', text)]));
}
