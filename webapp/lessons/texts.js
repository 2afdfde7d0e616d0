// The lessons' texts, from the file that the command line reads as well.

import { loadTexts } from './source.js';

/** Whoever imports this has called `loadTexts` before: a module that fails stays broken until the page is loaded again. */
export const TEXTS = await loadTexts();
