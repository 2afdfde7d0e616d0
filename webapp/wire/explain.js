// What the bytes of the wire mean, in words. One module for those who explain; the work is done beside it.

export { explainFrame } from './explainframe.js';
export { explainHandshake } from './explainhandshake.js';
export { closeCode, diagnoseClose, diagnoseRefusal, diagnoseRule } from './diagnose.js';
