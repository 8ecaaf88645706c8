import { expect, test } from 'vitest';
import type { Moment } from '../../engine/runner/protocol.ts';
import { RunHistory } from './run-history.ts';

const narrative = (atS: number) => ({ atS, lede: `At ${atS}.`, paragraphs: [] });
const met = [{ id: 'meanMs' as const, value: 80, target: 94, met: true }];

test('at a time holds what was said last by then, part by part', () => {
  const history = new RunHistory();
  expect(history.at(0)).toBeUndefined();
  history.append([
    { atS: 0, objectives: met, narrative: narrative(0), levers: {} },
    { atS: 6, narrative: narrative(6) },
  ]);
  history.append([{ atS: 12, levers: { l3: { on: true } } }]);
  expect(history.at(-1)).toBeUndefined();
  expect(history.at(0)?.narrative?.lede).toBe('At 0.');
  expect(history.at(5.99)?.narrative?.lede).toBe('At 0.');
  expect(history.at(6)?.narrative?.lede).toBe('At 6.');
  expect(history.at(11)?.levers).toEqual({});
  expect(history.at(1e9)).toMatchObject({ atS: 12, narrative: narrative(6), levers: { l3: { on: true } } });
  // The very same objects: what did not change is not made anew.
  expect(history.at(12)?.objectives).toBe(met);
});

test('finds each of many', () => {
  const history = new RunHistory();
  const moments: Moment[] = Array.from({ length: 700 }, (_, i) => ({
    atS: i * 3,
    narrative: narrative(i * 3),
  }));
  history.append(moments);
  for (const s of [0, 2.9, 3, 1000, 1001.5, 2097, 2100])
    expect(history.at(s)?.atS).toBe(Math.min(699 * 3, Math.floor(s / 3) * 3));
});
