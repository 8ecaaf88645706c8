const list = (words: string): string[] => words.trim().split(/\s+/);

const small =
  list(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen`);
const tens = list('twenty thirty forty fifty sixty seventy eighty ninety');
const ordinals = list(
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth',
);

/** Number words; `one` is missing, since it is mostly a pronoun or an article, and so is the ordinal `second`, a time. */
export const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...small.map((word, i) => [word, i] as const).filter(([word]) => word !== 'one'),
  ...tens.map((word, i) => [word, 20 + 10 * i] as const),
  ...([
    ['hundred', 100],
    ['thousand', 1000],
    ['million', 1_000_000],
    ['billion', 1_000_000_000],
    ['dozen', 12],
  ] as const),
]);

export const TENS: ReadonlyMap<string, number> = new Map(tens.map((word, i) => [word, 20 + 10 * i]));
export const DIGITS: ReadonlyMap<string, number> = new Map(
  small.slice(1, 10).map((word, i) => [word, i + 1]),
);
export const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['k', 1000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
]);

/** Ordinals, as `3rd`; the first three say more about an order than about a number, so they stay words. */
export const ORDINALS: ReadonlyMap<string, string> = new Map(
  ordinals.map((word, i) => [word, `${i}th`] as const).filter((_, i) => i > 3),
);
