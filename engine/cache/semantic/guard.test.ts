import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { guard, guardPrepared, prepare } from './guard.ts';
import { HELD_OUT, type Pair, TUNE } from './pairs.fixture.ts';
import { isSlip } from './typos.ts';

describe('guard', () => {
  it.each([
    ['numbers', 'List 5 names for a shop', 'List 50 names for a shop'],
    ['numbers', 'What is new in Python 3.1?', 'What is new in Python 3.10?'],
    ['negation', 'Which foods contain gluten?', 'Which foods do not contain gluten?'],
    ['quoted', 'Translate "yes" into Greek', 'Translate "no" into Greek'],
    ['opposites', 'How do I increase the volume?', 'How do I decrease the volume?'],
    ['negation', 'Recipes with nuts', 'Recipes without nuts'],
    ['direction', 'Convert PDF to Word', 'Convert Word to PDF'],
    ['direction', 'Can a cat eat dog food?', 'Can a dog eat cat food?'],
    ['direction', 'A quote by Einstein', 'A quote about Einstein'],
    ['question', 'When was penicillin discovered?', 'Where was penicillin discovered?'],
    ['tense', 'Was Pluto a planet?', 'Is Pluto a planet?'],
    ['tense', 'Who won the cup?', 'Who will win the cup?'],
    ['person', 'What is your name?', 'What is my name?'],
    ['quantity', 'How do I delete a file?', 'How do I delete all files?'],
    ['other words', 'How do vaccines work?', 'How do antibiotics work?'],
    ['extra words', 'How do I sort a list?', 'How do I sort a list of dictionaries?'],
  ])('refuses for %s: %s / %s', (reason, a, b) => {
    expect(guard(a, b)).toMatchObject({ same: false, reason });
    expect(guard(b, a)).toMatchObject({ same: false, reason });
  });

  it.each([
    ['How do I remove a branch in git?', 'What is the git command for deleting a branch?'],
    ['In Python, how do I reverse a list?', 'How can I reverse a Python list?'],
    ['Give me 10 tips', 'Give me ten tips'],
    ['What is the captial of Peru?', 'What is the capital of Peru?'],
    ['What is 20 °C in Fahrenheit?', 'Convert 20 degrees Celsius to Fahrenheit'],
    ['Translate "good day" into Dutch', 'How do you say good day in Dutch?'],
    ['A pound contains how many ounces?', 'How many ounces are in a pound?'],
  ])('lets pass: %s / %s', (a, b) => {
    expect(guard(a, b)).toEqual({ same: true });
    expect(guard(b, a)).toEqual({ same: true });
  });

  it('names what it was', () =>
    expect(guard('List 5 names', 'List 50 names')).toEqual({
      same: false,
      reason: 'numbers',
      detail: '5 / 50',
    }));

  it('takes a prompt for itself, in the other order as in this, and read before as read now', () => {
    for (const { a, b } of TUNE) {
      expect(guard(a, a), a).toEqual({ same: true });
      expect(guard(a, b).same, `${a} | ${b}`).toBe(guard(b, a).same);
      expect(guardPrepared(prepare(a), prepare(b))).toEqual(guard(a, b));
    }
  });

  it('refuses when a word that tells is replaced by another', () => {
    for (const { a } of TUNE) {
      const { terms } = prepare(a).reading;
      const telling = terms.find(
        ({ kind, weak, text }) => kind === 'word' && !weak && /^[a-z]{4,}$/.test(text),
      );
      if (!telling || !new RegExp(`\\b${telling.text}\\b`, 'i').test(a)) continue;
      const other = a.replace(new RegExp(`\\b${telling.text}\\b`, 'i'), 'zebra');
      expect(guard(a, other).same, `${a} | ${other}`).toBe(false);
    }
  });
});

describe('slips of the pen', () => {
  it.each([
    ['captial', 'capital'],
    ['sympoms', 'symptoms'],
    ['recomend', 'recommend'],
  ])('%s is %s', (a, b) => expect(isSlip(a, b) && isSlip(b, a)).toBe(true));
  it.each([
    ['nitrate', 'nitrite'],
    ['Korea', 'Korean'],
    ['country', 'county'],
    ['causal', 'casual'],
    ['Iran', 'Iraq'],
    ['desert', 'dessert'],
  ])('%s is not %s', (a, b) => expect(isSlip(a.toLowerCase(), b.toLowerCase())).toBe(false));
});

/** Precision and recall of the guard alone. The encoder's part is in engine/runner/cli/similar.test.ts. */
function measure(pairs: readonly Pair[]): { falseHits: string[]; recall: number } {
  const hits = pairs.filter(({ a, b }) => guard(a, b).same);
  return {
    falseHits: hits.filter(({ same }) => !same).map(({ a, b }) => `${a} | ${b}`),
    recall: hits.filter(({ same }) => same).length / pairs.filter(({ same }) => same).length,
  };
}

describe('guard over many pairs', () => {
  it('on those it was tuned on', () => {
    const { falseHits, recall } = measure(TUNE);
    expect(falseHits).toEqual([]);
    expect(recall).toBeGreaterThan(0.9);
  });
  it('on those it was not', () => {
    const { falseHits, recall } = measure(HELD_OUT);
    expect(falseHits).toEqual([]);
    expect(recall).toBeGreaterThan(0.8);
  });

  const shared = fileURLToPath(new URL('../../../../shared/prototypes/encoder/pairs.mjs', import.meta.url));
  it.skipIf(!existsSync(shared))('on the pairs that stand beside the repository', async () => {
    type Pairs = Record<'same' | 'diff', [string, string][]>;
    const { A, B } = (await import(/* @vite-ignore */ pathToFileURL(shared).href)) as { A: Pairs; B: Pairs };
    const of = (pairs: [string, string][], same: boolean): Pair[] =>
      pairs.map(([a, b]) => ({ same, kind: 'shared', a, b }));
    const pairs = [A, B].flatMap(({ same, diff }) => [...of(same, true), ...of(diff, false)]);
    expect(measure(pairs)).toEqual({ falseHits: [], recall: 1 });
  });
});
