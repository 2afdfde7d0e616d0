// Rules that the standard leaves to the receiver: how much it takes (RFC 6455 §10.4). Who goes beyond them breaks no protocol.

/** Those that are answered with 1008 or 1009. */
const LIMITS = new Set(['MESSAGE_TOO_BIG', 'TOO_MANY_FRAGMENTS', 'TOO_MANY_FINAL_BLOCKS']);

/** Whether the frame rule of this name, as in `broken` of a row, is a limit of the receiver. */
export function isLimit(rule) {
  return LIMITS.has(rule);
}
