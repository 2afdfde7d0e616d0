// What some lessons have besides buttons: things to try out.

import { acceptTool } from './tools/accept.js';
import { bitsTool } from './tools/bits.js';
import { tlsTool } from './tools/tls.js';

/** By the lesson's number: `({ course, stage, attempt }) -> element`. `attempt(run)` says beside the buttons what failed. */
export const TOOLS = { 4: acceptTool, 6: bitsTool, 20: tlsTool };
