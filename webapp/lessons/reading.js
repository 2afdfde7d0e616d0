// The whole course as a text, to read or to print: nothing to press, nothing folded.

import { element } from '../ui/dom.js';
import { LESSONS } from './lessons.js';
import { prose, standards, titled } from './prose.js';

export function readingView() {
  const made = element(
    'div', 'reading',
    prose('p', 'reading-lead', 'WebSockets from scratch, in twenty lessons. Each says what to do on the live page, what is seen on the wire, and why it is so.'),
    ...LESSONS.map(article));
  return made;
}

function article(lesson) {
  const heading = element('h3', '', `${lesson.id}. ${lesson.title}`);
  heading.id = `read-${lesson.id}`;
  const made = element(
    'article', 'lesson-text', heading, titled('Do', lesson.do), titled('See', lesson.see),
    prose('p', 'sentence', lesson.sentence),
    element('h4', '', 'Why?'), ...paragraphs(lesson.why),
    element('h4', '', 'What was seen'), ...paragraphs(lesson.after),
    titled('For the eager', lesson.challenge, 'titled challenge'), standards(lesson));
  made.setAttribute('aria-labelledby', heading.id);
  return made;
}

function paragraphs(texts) {
  return texts.map((text) => prose('p', '', text));
}
