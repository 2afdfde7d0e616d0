// Texts of lessons as elements: what stands in `backquotes` is code, and standards are linked.

import { element, link } from '../ui/dom.js';
import { linkOf } from './lessons.js';

/** An element with the text, e.g. `prose('p', 'sentence', text)`. */
export function prose(tag, className, text) {
  const parts = text.split('`');
  return element(tag, className, ...parts.map((part, i) => (i % 2 === 1 ? element('code', '', part) : part)));
}

/** A paragraph that begins with a word in bold, as “Do” or “See”. */
export function titled(word, text, className = 'titled') {
  const paragraph = prose('p', className, text);
  paragraph.prepend(element('strong', '', word), ' ');
  return paragraph;
}

/** Where the standards say so. */
export function standards(lesson) {
  const places = lesson.links.map(linkOf).flatMap(({ text, href }) => {
    const place = link(href, text);
    // In this tab it would end the session.
    place.target = '_blank';
    place.rel = 'noopener noreferrer';
    return [', ', place];
  });
  return element('p', 'standards', 'Read on: ', ...places.slice(1));
}

export function minutes(lesson) {
  return `${lesson.minutes} minute${lesson.minutes === 1 ? '' : 's'}`;
}
