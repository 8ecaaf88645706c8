import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute, type Attribution } from '../../../engine/tuning/attribution.ts';
import { designOf } from '../../../engine/tuning/design.ts';
import { AblationRun } from '../../../engine/tuning/ablation.ts';
import { shop, shopStrategies } from '../../../engine/tuning/hand-worked.ts';
import type { Figure } from './figures.ts';
import { headline, lengthWords } from './headline.ts';
import { isSlight, readingOf, settingsOf, shortOf, viewOf, type PairView } from './view.ts';
import { niceStep, scaleOf } from './waterfall.ts';

const cost: Figure = { name: 'x', label: 'Model cost', noun: 'for model calls', unit: 'usd', better: 'less' };
const quality: Figure = { name: 'x', label: 'Quality', noun: 'the quality', unit: 'score', better: 'more' };
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** Values by setting: nothing, a, b, both; one list for each seed. */
function resultOf(...seeds: (readonly number[])[]): Attribution {
  const n = Math.log2(seeds[0].length);
  const strategies = ['a', 'b', 'c'].slice(0, n).map((id) => ({ id, title: `${id.toUpperCase()}: long` }));
  return attribute(
    designOf(n),
    strategies,
    seeds.map((values, i) => ({ seed: i, outcomes: new Map(values.map((x, cell) => [cell, { x }])) })),
    'x',
  );
}

describe('100, with caching 30, with the small model 10, with both 3', () => {
  const view = viewOf(resultOf([99, 29.7, 9.9, 2.97], [101, 30.3, 10.1, 3.03]), cost);

  it('is a fall from 100 by 38.5 and 58.5 to 3', () =>
    expect(view.rows.map(({ from, to }) => [from, to])).toEqual([
      [100, expect.closeTo(61.5, 9)],
      [expect.closeTo(61.5, 9), expect.closeTo(3, 9)],
    ]));

  it('sums the parts to the whole and the effects alone to 160 %', () => {
    expect(view.sums.gain.mean).toBeCloseTo(97, 9);
    expect(view.sums.share!.mean).toBe(1);
    expect(view.sums.alone.mean).toBeCloseTo(160, 9);
    expect(view.sums.aloneShare!.mean).toBeCloseTo(1.6, 9);
    expect(view.sums.last.mean).toBeCloseTo(34, 9);
  });

  it('is an overlap', () => expect(readingOf(view, view.pairs[0], 'averaged')).toBe('overlap'));

  it('says so in a sentence', () =>
    expect(plain(headline(view, 86_400))).toBe(
      'Together they save 97 % ± 0 of the $100 a day for model calls; taken one by one they would add up to 160 %: what is counted twice is shown below.',
    ));
});

it('a figure of which more is better is turned: a loss of quality is no gain', () => {
  const view = viewOf(resultOf([0.9, 0.8, 0.9, 0.85], [0.9, 0.79, 0.9, 0.85]), quality);
  expect(view.gain.mean).toBeCloseTo(-0.05, 9);
  expect(view.rows[0].alone.mean).toBeCloseTo(-0.105, 9);
  expect(view.rows[0].alone.low!).toBeLessThan(view.rows[0].alone.high!);
  expect(view.rows.at(-1)!.to).toBeCloseTo(0.85, 9);
  // b heals half of what a spoils.
  expect(readingOf(view, view.pairs[0], 'averaged')).toBe('none'); // of two seeds, the interval is wide
  expect(readingOf(viewOf(resultOf([0.9, 0.8, 0.9, 0.85]), quality), view.pairs[0], 'averaged')).toBe('none');
  const certain = viewOf(resultOf([0.9, 0.8, 0.9, 0.85]), quality);
  expect(readingOf(certain, certain.pairs[0], 'averaged')).toBe('help');
  expect(plain(headline(certain, 3600))).toBe(
    'Together they lower the quality from 0.900 to 0.850, by 5.6 %.',
  );
});

describe('the sentence, where', () => {
  const say = (values: readonly number[], lengthS = 86_400): string =>
    plain(headline(viewOf(resultOf(values), cost), lengthS));
  it.each([
    [
      'they help each other',
      [100, 90, 80, 40],
      /save 60 % of the \$100 .*no more than 30 %: how they help each other/,
    ],
    [
      'they have nothing in common',
      [100, 90, 80, 70],
      /save 30 % .*; taken one by one they would add up to the same\.$/,
    ],
    [
      'they cost',
      [100, 120, 110, 130],
      /^Together they cost 30 % more than the \$100 a day for model calls without\.$/,
    ],
    [
      'they do nothing',
      [100, 100, 100, 100],
      /^Together they change nothing about the cost for model calls: \$100/,
    ],
    ['there is one', [100, 70], /^It saves 30 % of the \$100 a day for model calls\.$/],
  ])('%s', (_, values, expected) => expect(say(values)).toMatch(expected));

  it('nothing can be told from chance', () =>
    expect(plain(headline(viewOf(resultOf([100, 90, 100, 90], [100, 112, 100, 112]), cost), 86_400))).toMatch(
      /^What they do to the cost for model calls cannot be told from chance: −\$1 ± 140 of \$100\.$/,
    ));

  it('nothing was there to be saved', () =>
    expect(say([0, 0, 0, 5])).toBe('Together they raise the cost for model calls from $0 to $5.00.'));

  it.each([
    [86_400, 'a day'],
    [3600, 'an hour'],
    [7200, 'in 2 hours'],
    [2700, 'in 45 minutes'],
    [16_000, 'in 4.4 hours'],
  ])('it lasted %d s', (seconds, words) => expect(lengthWords(seconds)).toBe(words));
});

describe('two strategies', () => {
  const pair: PairView = {
    pair: ['a', 'b'],
    estimates: {
      averaged: null,
      allOn: { mean: -5, low: -6, high: -4 },
      allOff: { mean: 5, low: -6, high: 16 },
    },
  };
  const rows = viewOf(resultOf([100, 70, 90, 65]), cost);
  it('overlap when both do good', () => expect(readingOf(rows, pair, 'allOn')).toBe('overlap'));
  it('hinder each other when one does none', () =>
    expect(readingOf(viewOf(resultOf([100, 70, 105, 90]), cost), pair, 'allOn')).toBe('hinder'));
  it('do nothing certain', () => expect(readingOf(rows, pair, 'allOff')).toBe('none'));
  it('do nothing that matters', () =>
    expect(isSlight(rows, { mean: -0.02, low: -0.021, high: -0.019 })).toBe(true));
});

it('titles are cut where their explanation begins', () => {
  expect(shortOf('Right-sizing: the model that will do')).toBe('Right-sizing');
  expect(shortOf('Agents by load, on spot capacity')).toBe('Agents by load');
  expect(shortOf('Caching')).toBe('Caching');
});

it('lists the settings over complete seeds only, all off first, all on last', () => {
  const run = new AblationRun({ scenario: shop, strategies: shopStrategies, seeds: 2 });
  for (let i = 0; i < 6; i++) {
    const trial = run.next()!;
    run.done(trial, { x: trial.seed * 10 + trial.cell });
  }
  const settings = settingsOf(run, cost, 0.95);
  expect(settings.map(({ on, seeds, value }) => [on, seeds, value.mean])).toEqual([
    [[], [1], 10],
    [['caching'], [1], 11],
    [['model'], [1], 12],
    [['caching', 'model'], [1], 13],
  ]);
});

describe('the axis', () => {
  const scale = (off: number, ...to: number[]) =>
    scaleOf({
      off: { mean: off, low: null, high: null },
      on: { mean: to.at(-1)!, low: null, high: null },
      rows: to.map((level) => ({ to: level })) as never,
    });
  it('begins at 0 for a large fall', () =>
    expect(scale(5325, 2140, 1182)).toMatchObject({ low: 0, zoomed: false, ticks: [0, 2000, 4000] }));
  it('leaves 0 out for a small one, and says so', () => {
    const { low, high, zoomed, ticks } = scale(0.95, 0.884, 0.885);
    expect(zoomed).toBe(true);
    expect([low, high]).toEqual([expect.closeTo(0.8774, 9), expect.closeTo(0.95264, 9)]);
    expect(ticks.map((tick) => tick.toFixed(2))).toEqual(['0.88', '0.90', '0.92', '0.94']);
  });
  it('holds all levels, whatever they are', () =>
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -1e6, max: 1e6 }), (a, b) => {
        const { low, high, ticks } = scale(a, b);
        expect(low).toBeLessThanOrEqual(Math.min(a, b));
        expect(high).toBeGreaterThanOrEqual(Math.max(a, b));
        expect(high).toBeGreaterThan(low);
        expect(ticks.length).toBeLessThan(12);
      }),
    ));
  it('goes in steps of 1, 2 and 5', () =>
    expect([0.013, 1, 1.1, 3, 700].map(niceStep)).toEqual([0.02, 1, 2, 5, 1000]));
});
