/**
 * Bad input from a person or a file. The message always says where, what was expected, what was got, and what to do;
 * the command line prints it and exits with 2, the page shows it beside the field.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(
    /** Dotted path or argument, such as `stations.pool.servers` or `--at`. */
    readonly place: string,
    readonly expected: string,
    readonly got: string,
    /** What the reader can do about it, a full sentence; may be empty. */
    readonly advice = '',
  ) {
    super(`${place}: expected ${expected}, got ${got}.${advice ? ` ${advice}` : ''}`);
  }
}

/** Names in an InputError also the larger thing in which its place is: `presets.rescue.pulls: lever`. */
export function within<T>(place: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${place}: ${error.place}`, error.expected, error.got, error.advice);
  }
}

/** A value as a person would recognise it in a message: short, quoted when it is text. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** The candidate closest to `word` by edit distance, when one is close enough to be what was meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
