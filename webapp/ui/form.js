// Forms: what is wrong is said beside the field.

import { Problem } from '../problem.js';

export function onSubmit(form, action) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    action();
  });
}

/** Enter sends, Shift+Enter breaks the line, as in every chat. */
export function sendsOnEnter(field) {
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      field.form.requestSubmit();
    }
  });
}

/** The value of `action`, or of its promise; or undefined after its Problem, or the browser's own refusal, was said. */
export function attempt(says, action) {
  says('');
  const say = (problem) => {
    if (!(problem instanceof Problem || problem instanceof DOMException)) {
      throw problem;
    }
    says(problem.message);
    return undefined;
  };
  try {
    const value = action();
    return value instanceof Promise ? value.catch(say) : value;
  } catch (problem) {
    return say(problem);
  }
}

/** Says what is wrong with a field beside it; the empty string means nothing is. */
export function voiceOf(field, place) {
  return (problem) => {
    place.textContent = problem;
    field.setAttribute('aria-invalid', String(problem !== ''));
  };
}
