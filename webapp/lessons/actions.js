// What the buttons of each lesson do, live, through the lab. An action may end with a text to show.

import { OTHER_ACTIONS } from './actions/other.js';
import { PLAIN_ACTIONS } from './actions/plain.js';

/** `[{ label, run(stage) }]` by the lesson's number. */
export const ACTIONS = { ...PLAIN_ACTIONS, ...OTHER_ACTIONS };
