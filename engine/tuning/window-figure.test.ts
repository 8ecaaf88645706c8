import { describe, expect, it } from 'vitest';
import { shop } from './hand-worked.ts';
import { checkFigure, outcomeOf } from './outcome.ts';
import { openTrial } from './trial.ts';
import { isWindowFigure } from './window-figure.ts';

const run = openTrial({ scenario: shop, seed: 1 }).run();
const { recorder } = run.world;
const rows = (column: string, from: number, to: number): number[] =>
  Array.from(recorder.column(column).subarray(from, to));
const perRow = recorder.intervalMs / 1000;

describe('a figure of a stretch', () => {
  it('is that of the requests that completed in it, or a column’s sum, mean or greatest', () => {
    const [from, to] = [2, 6];
    const stretch = `@${from * perRow}-${to * perRow}`;
    const names = [
      ...['meanMs', 'hitRate', 'requests'].map((name) => `${name}${stretch}`),
      ...['sum', 'mean', 'max'].map((of) => `${of}:arrivals${stretch}`),
    ];
    const outcome = outcomeOf(run, names);
    const window = recorder.window(from, to);
    const arrivals = rows('arrivals', from, to);
    expect(names.map((name) => outcome[name])).toEqual([
      window.meanMs,
      window.hitRate,
      window.requests,
      arrivals.reduce((a, b) => a + b),
      arrivals.reduce((a, b) => a + b) / 4,
      Math.max(...arrivals),
    ]);
  });

  it('of the whole run is the run’s', () => {
    const whole = `meanMs@0-${recorder.closed * perRow}`;
    const outcome = outcomeOf(run, [whole]);
    expect(outcome[whole]).toBe(outcome['meanMs']);
  });

  it('is told from others by its @', () => {
    expect(isWindowFigure('meanMs@0-5')).toBe(true);
    expect(isWindowFigure('meanMs')).toBe(false);
  });

  it.each([
    ['meanMs@5', 'expected a stretch such as'],
    ['mean:@0-5', 'expected a stretch such as'],
    ['meanM@0-5', 'expected one of meanMs'],
    ['max:nothing@0-5', 'expected one of arrivals'],
  ])('%s is refused before the run', (name, message) =>
    expect(() => checkFigure(name, recorder.columns)).toThrow(message),
  );

  it.each(['meanMs@5-5', 'meanMs@0-99999999'])('%s is refused by the run', (name) =>
    expect(() => outcomeOf(run, [name])).toThrow('expected a stretch of the run'),
  );
});
