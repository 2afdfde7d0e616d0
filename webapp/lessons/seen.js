// What a lesson has seen so far: a line for each step, with the real bytes.

import { button, element } from '../ui/dom.js';

/** The list of a lesson's steps. `onshow(finding)` hears which finding the learner wants to see in the timeline. */
export class SeenList {
  element = element('ol', 'seen');
  #lesson;
  #lines = new Map();
  #onshow;

  constructor(lesson, onshow) {
    this.#lesson = lesson;
    this.#onshow = onshow;
    for (const step of lesson.steps) {
      const line = element('li', '');
      this.#lines.set(step.id, line);
      this.element.append(line);
    }
  }

  show({ seen, memory }) {
    for (const step of this.#lesson.steps) {
      const finding = seen[step.id];
      const line = this.#lines.get(step.id);
      if (finding && line.dataset.state !== 'seen') {
        line.dataset.state = 'seen';
        line.replaceChildren(...this.#found(step, finding));
      } else if (!finding) {
        line.dataset.state = 'waiting';
        const far = step.so?.(memory);
        line.replaceChildren(
          mark('○', 'not yet:'), element('span', 'step', step.label), element('span', 'far', far ?? 'waiting'));
      }
    }
  }

  #found(step, finding) {
    const parts = [mark('✓', 'seen:'), element('span', 'step', step.label), element('span', 'finding', finding.text)];
    if (finding.bytes) {
      parts.push(element('code', 'bytes', finding.bytes));
    }
    if (finding.row !== null) {
      const show = button('Show', () => this.#onshow(finding), 'quiet');
      show.setAttribute('aria-label', `Show in the timeline: ${step.label}`);
      parts.push(show);
    }
    return parts;
  }
}

/** A sign for eyes, and words for ears. */
function mark(sign, words) {
  const shown = element('span', 'mark', sign);
  shown.setAttribute('aria-hidden', 'true');
  return element('span', '', shown, element('span', 'unseen', words));
}
