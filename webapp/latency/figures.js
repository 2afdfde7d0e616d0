// What the numbers say: pure functions of round trips `{ at, rtt, bytes }`, times in milliseconds.

/** The value that so large a share of them does not exceed (nearest rank), of values sorted upwards; NaN of none. */
export function percentile(sorted, share) {
  return sorted.length === 0 ? NaN : sorted[Math.max(Math.ceil(sorted.length * share), 1) - 1];
}

/** `{ count, p50, p99, longest }` of round trips. */
export function figuresOf(trips) {
  const sorted = trips.map(({ rtt }) => rtt).sort((one, other) => one - other);
  return { count: sorted.length, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), longest: percentile(sorted, 1) };
}

/** By length, upwards: `[{ bytes, count, p50, p99, longest }]`. */
export function figuresByLength(trips) {
  const byLength = new Map();
  for (const trip of trips) {
    byLength.set(trip.bytes, [...(byLength.get(trip.bytes) ?? []), trip]);
  }
  return [...byLength].sort(([one], [other]) => one - other).map(([bytes, some]) => ({ bytes, ...figuresOf(some) }));
}

/** A length with its unit, as programmers write it: `16 KiB`. */
export function lengthInWords(bytes) {
  const [unit, size] = bytes >= 1 << 20 ? ['MiB', 1 << 20] : bytes >= 1 << 10 ? ['KiB', 1 << 10] : ['B', 1];
  return `${Number((bytes / size).toFixed(1))} ${unit}`;
}
