/** Holds the numbers that the reading marks to what the engine computes today. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectives } from '../../../quiz/objectives.ts';
import { top } from '../../setup/places.mjs';
import { held as cache } from './cache.ts';
import { held as cost } from './cost.ts';
import { held as latency } from './latency.ts';
import { disagreement, marksIn, printedNumber, type HeldSections } from './held.ts';

const parts: Record<string, HeldSections> = { cache, cost, latency };
const sections = objectives
  .map(({ part, id }) => ({ part, id, file: `docs/module/${part}/${id}.md` }))
  .filter(({ file }) => existsSync(join(top, file)));

describe.each(sections)('$file', ({ part, id, file }) => {
  const marks = marksIn(readFileSync(join(top, file), 'utf8'));
  const known = parts[part][id] ?? {};

  it('prints the numbers that come out', () => {
    const wrong = marks.map((mark) => {
      const held = known[mark.name];
      return held
        ? disagreement(mark, held)
        : `"${mark.words}" (held:${mark.name}): lab/figures/held/${part}.ts has no "${mark.name}" under "${id}".`;
    });
    expect(wrong.filter((text) => text !== null)).toEqual([]);
  });

  it('prints every number that is held for it', () => {
    const marked = new Set(marks.map(({ name }) => name));
    expect(Object.keys(known).filter((name) => !marked.has(name))).toEqual([]);
  });
});

it('holds numbers for sections only', () => {
  const ids = new Set(sections.map(({ part, id }) => `${part}/${id}`));
  const named = Object.entries(parts).flatMap(([part, of]) => Object.keys(of).map((id) => `${part}/${id}`));
  expect(named.filter((name) => !ids.has(name))).toEqual([]);
});

describe('a mark', () => {
  it.each([
    ['41 %', 41, 0],
    ['$1,914.50', 1914.5, 2],
    ['−$63', -63, 0],
    ['0.02 %', 0.02, 2],
    ['2 of 7', 2, 0],
    ['Sixteen reports', 16, 0],
    ['twenty-nine', 29, 0],
    ['sixty', 60, 0],
  ])('reads "%s"', (words, value, decimals) => expect(printedNumber(words)).toEqual({ value, decimals }));

  it('reads nothing into other words', () => {
    for (const words of ['a third', 'twenty-dozen', 'five-one', ''])
      expect(printedNumber(words)).toBeUndefined();
  });

  it('agrees as far as it is printed', () => {
    const told = (words: string, value: number | string | boolean) =>
      disagreement({ words, name: 'a' }, () => value);
    expect(told('41 %', 40.5)).toBeNull();
    expect(told('41 %', 41.51)).toBe('The text says "41 %" (held:a). Computed again it is 41.51.');
    expect(told('0.43 s', 0.436)).toMatch(/is 0.436\.$/);
    expect(told('41 %', NaN)).toMatch(/is NaN/);
    expect(told('2 h 49 min', '2 h 49 min')).toBeNull();
    expect(told('2 h 49 min', '2 h 50 min')).toMatch(/is "2 h 50 min"/);
    expect(told('40 %', false)).toMatch(/does not hold/);
    expect(told('many', 3)).toBe('"many" (held:a) has no number in it.');
  });

  it('hands a bound what is printed', () => {
    expect(disagreement({ words: '40 %', name: 'a' }, (printed) => printed === 40)).toBeNull();
  });

  it('is found wherever it stands', () =>
    expect(marksIn('| a | [1 %](held:x) |\n> [two](held:y-2), [z](claim:z)')).toEqual([
      { words: '1 %', name: 'x' },
      { words: 'two', name: 'y-2' },
    ]));
});
