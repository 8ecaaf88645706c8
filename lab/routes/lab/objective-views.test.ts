import { expect, test } from 'vitest';
import { primeDay } from '../../../engine/scenarios/prime-day.ts';
import type { ObjectiveState } from '../../../engine/simulation/objectives.ts';
import { parseScenario } from '../../../engine/simulation/scenario.ts';
import { objectiveViews } from './objective-views.ts';

const scenario = parseScenario(primeDay);
const context = { scenario, nowS: 1180, spentUsd: 360_000, hitRateBefore: 0.952, longestMs: 12_000 };

function view(state: ObjectiveState) {
  const [made] = objectiveViews([state], context);
  const words = [made!.value, made!.left, made!.right].map((text) => text.replaceAll('\u00a0', ' '));
  return { ...made!, words };
}

test('mean response', () => {
  const bad = view({ id: 'meanMs', value: 12_000, target: 94, met: false });
  expect(bad.words).toEqual(['12.00 s', '128 × over', '≤ 94 ms']);
  expect(bad.standing).toBe('unmet');
  expect(bad.fill).toBeGreaterThan(0.95);
  expect(bad.target).toBeCloseTo(0.47, 1);
  expect(view({ id: 'meanMs', value: 105, target: 94, met: false }).words[1]).toBe('11 ms over');
  expect(view({ id: 'meanMs', value: 63, target: 94, met: true }).words[1]).toBe('31 ms to spare');
  expect(view({ id: 'meanMs', value: NaN, target: 94, met: false })).toMatchObject({
    standing: 'open',
    fill: 0,
    value: '–',
  });
});

test('hit rate', () => {
  expect(view({ id: 'hitRate', value: 0, target: 0.97, met: false }).words).toEqual([
    '0.0 %',
    'was 95.2 % at 02:16',
    '≥ 97 %',
  ]);
  expect(view({ id: 'hitRate', value: 0.949, target: 0.97, met: false }).words[1]).toBe('2.1 points short');
});

test('recovery through its phases', () => {
  const at = (phase: ObjectiveState['phase'], value: number, met = false) => {
    const { words, standing } = view({ id: 'recovery', value, target: 420, met, phase });
    return [...words, standing];
  };
  expect(at('before', NaN)).toEqual(['7:00 left', 'not begun', 'by 02:24:00', 'open']);
  expect(at('running', 160)).toEqual(['4:20 left', '2:40 used', 'by 02:24:00', 'open']);
  expect(at('held', 171, true)).toEqual(['2:51', 'the targets hold', 'by 02:24:00', 'met']);
  expect(at('missed', 500)).toEqual(['missed', '8:20 and not yet', 'by 02:24:00', 'unmet']);
  expect(at('held', 500)[3]).toBe('unmet');
});

test('budget: the pace of a day, and what is spent', () => {
  const over = view({ id: 'budget', value: 1.26, target: 1, met: false });
  expect(over.words).toEqual(['126 %', 'gone by 19:02', '≤ $3.6 M']);
  expect(over.mark).toBeCloseTo(0.9);
  expect(over.fill).toBeCloseTo(0.1 / 1.4);
  expect(view({ id: 'budget', value: 3, target: 1, met: false }).mark).toBeLessThan(1);
  expect(view({ id: 'budget', value: 0.45, target: 1, met: true }).words[1]).toBe('$360 k spent');
});

test('cost of the run: open until it is over, unless it is too much', () => {
  const cost = (value: number, nowS: number) => {
    const states = [{ id: 'costUsd' as const, value, target: 12_000, met: value <= 12_000 }];
    const [made] = objectiveViews(states, { ...context, nowS });
    return [made!.value, made!.left, made!.right, made!.standing].map((text) =>
      text.replaceAll('\u00a0', ' '),
    );
  };
  expect(cost(2200, 60)).toEqual(['$2.2 k', '$9.8 k to spare', '≤ $12 k', 'open']);
  expect(cost(2200, scenario.durationS)[3]).toBe('met');
  expect(cost(30_185, 60)).toEqual(['$30.2 k', '$18.2 k over', '≤ $12 k', 'unmet']);
});

test('critical requests served', () => {
  const served = (value: number) => {
    const { words, standing } = view({ id: 'criticalServed', value, target: 0.999, met: value >= 0.999 });
    return [...words, standing];
  };
  expect(served(1)).toEqual(['100.0 %', 'nobody went without', '≥ 99.9 %', 'met']);
  expect(served(0.75)).toEqual(['75.0 %', '1 in 4 went without', '≥ 99.9 %', 'unmet']);
  expect(served(0.9996)).toEqual(['99.96 %', 'hardly any went without', '≥ 99.9 %', 'met']);
  expect(served(NaN).slice(0, 2)).toEqual(['–', 'none has ended yet']);
});

test('an objective that the page does not know is shown all the same', () => {
  const strange = { id: 'lateShare', value: 3, target: 5, met: true } as unknown as ObjectiveState;
  expect(view(strange)).toMatchObject({ label: 'Late share', words: ['3', 'met', '5'], standing: 'met' });
});

test('the slowest, errors, memory and pauses', () => {
  const of = (id: ObjectiveState['id'], value: number, target: number) => {
    const { label, words, standing, fill } = view({ id, value, target, met: value <= target });
    return [label, ...words, standing, Number(fill.toFixed(2))];
  };
  expect(of('p99Ms', 4700, 400)).toEqual(['p99 response', '4.70 s', '4.30 s over', '≤ 400 ms', 'unmet', 1]);
  expect(of('errorRate', 0.25, 0.5)).toEqual([
    'Without an answer',
    '25.0 %',
    '1 in 4 went without',
    '≤ 50.0 %',
    'met',
    0.17,
  ]);
  expect(of('errorRate', 0, 0.01)[2]).toBe('nobody went without');
  expect(of('memoryShare', 0.93, 0.3)).toEqual([
    'Memory that is live',
    '93 %',
    '63 points over',
    '≤ 30 %',
    'unmet',
    0.93,
  ]);
  expect(of('stallMs', 0, 3500)).toEqual(['Longest pause', 'none', '3.50 s to spare', '≤ 3.50 s', 'met', 0]);
  expect(of('stallMs', NaN, 3500)[2]).toBe('nothing has ended yet');
});
