/**
 * Numbers of the reading that come from a run. The text marks one as `[41 %](held:cache-alone)`, which readers see as "41 %"; the file of its
 * part beside this one (cache.ts, cost.ts, latency.ts) says under the section's id how "cache-alone" is computed, and held.test.ts compares.
 */
import { computeFigure } from '../compute.ts';
import type { Figure, FigureData, KnobValues } from '../format.ts';

/**
 * How a number is computed again. A number must be the printed one at its printed precision, in the printed unit; a text must be the printed
 * one; true says of a bound ("up to 40 %", handed over as 40) that it holds.
 */
export type Held = (printed: number) => number | string | boolean;
/** By the section's id, then by the name in the mark. */
export type HeldSections = Record<string, Record<string, Held>>;

export interface Mark {
  words: string;
  name: string;
}

export const marksIn = (text: string): Mark[] =>
  [...text.matchAll(/\[([^[\]]+)\]\(held:([^)]*)\)/g)].map(([, words, name]) => ({ words, name }));

const WORDS = [
  ...[
    'zero',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** "sixteen", "twenty-nine"; undefined for another word. */
function spelled(word: string): number | undefined {
  const [first = '', second] = word.split('-');
  const tens = TENS.indexOf(first);
  const ones = WORDS.indexOf(second ?? first);
  if (tens < 0) return second === undefined && ones >= 0 ? ones : undefined;
  if (second === undefined) return 10 * (tens + 2);
  return ones > 0 && ones < 10 ? 10 * (tens + 2) + ones : undefined;
}

/** The number in "$1,914", "41 %", "−0.5" or "Sixteen reports"; undefined where there is none. */
export function printedNumber(words: string): { value: number; decimals: number } | undefined {
  const figure = /([−-]?)\$?(\d[\d,]*)(\.\d+)?/.exec(words);
  if (figure) {
    const [, sign, whole, fraction = ''] = figure;
    const value = Number(whole.replaceAll(',', '') + fraction);
    return { value: sign ? -value : value, decimals: Math.max(0, fraction.length - 1) };
  }
  const value = spelled(/^[a-z-]+/.exec(words.toLowerCase())?.[0] ?? '');
  return value === undefined ? undefined : { value, decimals: 0 };
}

/** What is wrong with a mark; null when nothing is. */
export function disagreement({ words, name }: Mark, held: Held): string | null {
  const printed = printedNumber(words);
  if (!printed) return `"${words}" (held:${name}) has no number in it.`;
  const computed = held(printed.value);
  const told = `The text says "${words}" (held:${name}).`;
  if (typeof computed === 'boolean') return computed ? null : `${told} Computed again, that does not hold.`;
  if (typeof computed === 'string')
    return computed === words ? null : `${told} Computed again it is "${computed}".`;
  const room = 0.5 * 10 ** -printed.decimals * (1 + 1e-9);
  return Math.abs(computed - printed.value) <= room
    ? null
    : `${told} Computed again it is ${Number(computed.toPrecision(6))}.`;
}

const pictures = new Map<Figure, Map<string, FigureData>>();

/** A figure, computed once for each setting of its knobs. */
export function pictureOf(figure: Figure, knobs: KnobValues = {}): FigureData {
  const known = pictures.get(figure) ?? new Map<string, FigureData>();
  pictures.set(figure, known);
  const key = JSON.stringify(knobs);
  const data = known.get(key) ?? computeFigure(figure, knobs);
  known.set(key, data);
  return data;
}

/** Something computed at its first use only, since several numbers come from one run. */
export function once<T>(compute: () => T): () => T {
  let result: { of: T } | undefined;
  return () => (result ??= { of: compute() }).of;
}

/** All numbers in a text that a figure wrote: a title, a verdict, a note. */
export const numbersIn = (text: string): number[] =>
  [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([number]) => Number(number.replaceAll(',', '')));

export const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);
