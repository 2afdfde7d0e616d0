// Elements, made and found.

export const find = (selector) => document.querySelector(selector);

/** An element with a class (or none) and children: nodes, or strings, which become text. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

export function button(text, onclick, className = '') {
  const made = element('button', className, text);
  made.type = 'button';
  made.addEventListener('click', onclick);
  return made;
}

export function link(href, text) {
  const made = element('a', '', text);
  made.href = href;
  return made;
}
