import { guard } from '../../../engine/cache/semantic/guard.ts';
import { cosine } from '../../../engine/latency/context/relevance.ts';
import { wordVector } from '../../../engine/latency/context/word-vector.ts';
import type { BarsFigure, Row } from '../format.ts';

/** What a person says of them: whether one answer serves both. */
export const PAIRS: readonly { same: boolean; a: string; b: string }[] = [
  { same: false, a: 'Convert 5 miles to kilometers', b: 'Convert 5 kilometers to miles' },
  { same: false, a: 'Sort a list in Python', b: 'Reverse a list in Python' },
  { same: false, a: 'Is it safe to eat raw eggs?', b: 'Is it not safe to eat raw eggs?' },
  { same: false, a: 'How do I turn dark mode on in Chrome?', b: 'How do I turn dark mode off in Chrome?' },
  { same: true, a: 'How do I remove a file in Linux?', b: 'How can I delete a file on Linux?' },
  { same: true, a: 'How do I fix a leaky faucet?', b: 'How do I repair a leaking tap?' },
  { same: true, a: 'When was the Eiffel Tower built?', b: 'In what year was the Eiffel Tower built?' },
  { same: true, a: 'What are the benefits of yoga?', b: 'What are the advantages of doing yoga?' },
];

const likeness = (a: string, b: string): number => 100 * cosine(wordVector(a), wordVector(b));

/** Which of the pairs share an answer when only the likeness decides. */
export const sharedByLikeness = (threshold: number): boolean[] =>
  PAIRS.map(({ a, b }) => likeness(a, b) >= threshold - 1e-9);

const wrong = (shared: readonly boolean[]): number =>
  PAIRS.filter(({ same }, i) => shared[i] && !same).length;
const lost = (shared: readonly boolean[]): number => PAIRS.filter(({ same }, i) => !shared[i] && same).length;
const sharedByGuard = PAIRS.map(({ a, b }) => guard(a, b).same);

const count = (n: number): string => ['none', 'one', 'two', 'three', 'four'][n];

export const figure: BarsFigure = {
  kind: 'bars',
  knobs: [{ name: 'threshold', label: 'Threshold', unit: '%', min: 30, max: 100, step: 1, value: 80 }],
  unit: '%',
  rows: ({ threshold }) => {
    const shared = sharedByLikeness(threshold);
    return PAIRS.map(({ a, b, same }, i): Row => {
      const verdict = guard(a, b);
      const read = verdict.same ? 'shares' : `refuses: ${verdict.detail || verdict.reason}`;
      return {
        label: `${a} / ${b}`,
        value: likeness(a, b),
        good: shared[i] === same,
        note: `${same ? 'one answer serves both' : 'two answers'}; threshold ${shared[i] ? 'shares' : 'refuses'}; guard ${read}`,
      };
    }).toSorted((x, y) => y.value - x.value);
  },
  title: ({ knobs }) => {
    const byLikeness = sharedByLikeness(knobs['threshold']);
    const right = PAIRS.length - wrong(sharedByGuard) - lost(sharedByGuard);
    return `A threshold of ${knobs['threshold']} % shares ${count(wrong(byLikeness))} of four wrong pairs and loses ${count(lost(byLikeness))} of four right ones. The guard gets ${right} of ${PAIRS.length} right.`;
  },
  caption:
    'Cosine of the words of two prompts. A cross marks a pair that the threshold gets wrong: it shares what needs two answers, or refuses what needs one.',
  open: { href: '#/cache', words: 'Ask the same thing in other words' },
};
