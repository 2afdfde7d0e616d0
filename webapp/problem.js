// What a person can mend: the message says what was expected, what came, and what to try.

export class Problem extends Error {}
