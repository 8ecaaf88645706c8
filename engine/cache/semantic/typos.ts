import { isKnown } from './lexicon/concepts.ts';
import { CONFUSABLE } from './lexicon/confusable.ts';
import type { Words } from './tokenise.ts';

/**
 * Replaces words that are a slip of the other text's words, so that `captial` is read as `capital`. Only slips that hardly
 * ever make another word count: two neighbouring letters swapped, and inside of a longer word one left out, doubled or
 * slipped in. A wrong letter doesn't (nitrate, nitrite), nor does an ending (Korea, Korean).
 */
export function withoutTypos(a: Words, b: Words): [Words, Words] {
  const onlyIn = (x: Words, y: Words) =>
    [...new Set(x.words)].filter((word) => word.length >= 5 && !y.words.includes(word));
  const inB = onlyIn(b, a);
  const fixes = new Map<string, string>();
  for (const word of onlyIn(a, b)) {
    const other = inB.find((candidate) => isSlip(word, candidate));
    if (other === undefined) continue;
    if (isKnown(word)) fixes.set(other, word);
    else fixes.set(word, other);
  }
  if (fixes.size === 0) return [a, b];
  const fix = ({ words, quoted }: Words): Words => ({
    quoted,
    words: words.map((word) => fixes.get(word) ?? word),
  });
  return [fix(a), fix(b)];
}

export function isSlip(a: string, b: string): boolean {
  if (!/^\p{L}+$/u.test(a + b) || a[0] !== b[0] || CONFUSABLE.has(`${a} ${b}`)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  if (short.length === long.length)
    return (
      short.length >= 5 &&
      short[i] === long[i + 1] &&
      short[i + 1] === long[i] &&
      short.slice(i + 2) === long.slice(i + 2)
    );
  if (long.length !== short.length + 1 || short.slice(i) !== long.slice(i + 1)) return false;
  if (i >= short.length - 1 || (isKnown(short) && isKnown(long))) return false;
  const doubled = long[i] === long[i - 1] || long[i] === long[i + 1];
  return long.length >= (doubled ? 6 : 7);
}
