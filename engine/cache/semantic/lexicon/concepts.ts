import { formsOf } from './lemmas.ts';
import { OPPOSITES } from './opposites.ts';
import { SYNONYMS } from './synonyms.ts';

/** Form of a word, or phrase of forms → the meanings that it shares with others (lines of synonyms.ts). */
const meanings = new Map<string, number[]>();
/** First word of a phrase → the phrases, longest first. */
const phrases = new Map<string, string[][]>();

SYNONYMS.split('\n').forEach((line, meaning) => {
  if (line.startsWith('#')) return;
  for (const entry of line
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const known = meanings.get(entry);
    if (known) known.push(meaning);
    else meanings.set(entry, [meaning]);
    const words = entry.split(' ');
    if (words.length > 1) phrases.set(words[0]!, [...(phrases.get(words[0]!) ?? []), words]);
  }
});
for (const list of phrases.values()) list.sort((a, b) => b.length - a.length);

/** The meanings of a word in one of these forms; those of `tall+est` are other ones than those of `tall`. */
export function meaningsOf(forms: readonly string[]): string[] {
  return forms.flatMap((form) => {
    const [base = form, degree = ''] = form.split(/\+(?=er$|est$)/);
    return [...(meanings.get(form) ?? []), ...(degree ? (meanings.get(base) ?? []) : [])].map((meaning) =>
      meanings.get(form)?.includes(meaning) ? String(meaning) : `${meaning}+${degree}`,
    );
  });
}

/** Words that may stand within a phrase: improve *my* sleep. */
const WITHIN = new Set('a an the my your his her our their this these'.split(' '));

/** The longest phrase of the lexicon that begins here, and how many words it takes up. */
export function phraseAt(
  words: readonly string[],
  at: number,
): { phrase: string; length: number } | undefined {
  for (const first of formsOf(words[at]!)) {
    for (const phrase of phrases.get(first) ?? []) {
      let end = at + 1;
      for (let i = 1; i < phrase.length; i++, end++) {
        while (end < words.length && words[end] !== phrase[i] && WITHIN.has(words[end]!)) end++;
        if (end >= words.length || !formsOf(words[end]!).includes(phrase[i]!)) {
          end = -1;
          break;
        }
      }
      if (end > 0) return { phrase: phrase.join(' '), length: end - at };
    }
  }
  return undefined;
}

export const isKnown = (form: string): boolean => meanings.has(form);

const opposites = OPPOSITES.trim()
  .split('\n')
  .map(
    (line) => line.split('/').map((side) => new Set(side.trim().split(/\s+/))) as [Set<string>, Set<string>],
  );

/** Two words, one of each text, that exclude each other; words that both texts have don't count. */
export function oppositesIn(a: ReadonlySet<string>, b: ReadonlySet<string>): [string, string] | undefined {
  const one = (side: ReadonlySet<string>, has: ReadonlySet<string>, lacks: ReadonlySet<string>) =>
    [...side].find((word) => has.has(word) && !lacks.has(word));
  for (const [left, right] of opposites) {
    for (const [x, y] of [
      [left, right],
      [right, left],
    ] as const) {
      const inA = one(x, a, b);
      const inB = one(y, b, a);
      if (inA !== undefined && inB !== undefined && !one(x, b, a) && !one(y, a, b)) return [inA, inB];
    }
  }
  return undefined;
}
